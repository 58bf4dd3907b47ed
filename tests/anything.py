"""Values that any field of an input may hold, wrong ones above all."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from podviz.source.tree import Plain

QUICK = settings(
    derandomize=True,
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
"""The same examples in every run, and no test that depends on time."""

WORDS = (
    *("Pod", "List", "PodList", "v1", "apps/v1", "web", "web/app", "a:1", "localhost:80"),
    *("-1", "80", "1e999", "5Gi", "10Gi", "", "=long", "[key]", "{{"),
)
"""Text that means something somewhere, in a spec or in a manifest."""

SCALARS: st.SearchStrategy[Plain] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(WORDS),
)
ANYTHING: st.SearchStrategy[Plain] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
