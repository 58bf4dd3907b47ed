"""What can be wrong with the form of an input."""

from podviz.finding import Severity
from podviz.report import Entry
from podviz.text import Text


def _structure(
    code: str, name: str, severity: Severity, ko: str, en: str, fix: Text, docs: str = ""
) -> Entry:
    says = Text(ko, en)
    return Entry(
        code=code, name=name, set="structure", severity=severity, says=says, why=says, fix=fix,
        docs=docs,
    )  # fmt: skip


FORM = (
    _structure(
        "POD001", "yaml-syntax", Severity.ERROR,
        "파일이 YAML이나 JSON의 문법에 맞지 않아 읽을 수 없습니다. "
        "렌더링하지 않은 템플릿도 그렇습니다.",
        "The file breaks the rules of YAML or JSON, so it cannot be read; a template that was not "
        "rendered does too.",
        Text("가리키는 곳을 고치거나 템플릿을 먼저 렌더링하세요",
             "Mend the place that is shown, or render the template first"),
    ),
    _structure(
        "POD002", "unknown-field", Severity.ERROR,
        "스펙의 문법에 없는 키입니다. 오타가 조용히 무시되면 그림이 뜻과 달라집니다.",
        "The spec's grammar has no such key; a typo that went unnoticed would draw another figure "
        "than was meant.",
        Text("키를 고치거나 지우세요. podviz schema가 문법을 보여 줍니다",
             "Correct the key or leave it out; podviz schema prints the grammar"),
    ),
    _structure(
        "POD003", "missing-field", Severity.ERROR,
        "꼭 있어야 하는 키가 없습니다.",
        "Something that must be there is missing.",
        Text("빠진 키를 적으세요", "Write what is missing"),
    ),
    _structure(
        "POD004", "wrong-type", Severity.ERROR,
        "값의 종류가 다릅니다. 예: 숫자 자리에 텍스트, 목록 자리에 매핑.",
        "The value is of another kind than the one that stands here: text for a number, a mapping "
        "for a list.",
        Text("알려 준 종류로 쓰세요", "Write the kind of value that the message names"),
    ),
    _structure(
        "POD005", "duplicate-key", Severity.ERROR,
        "같은 키가 한 매핑에 두 번 나옵니다. 앞의 값은 아무도 모르게 사라집니다.",
        "A key stands twice in one mapping; the first value is lost without a word.",
        Text("둘 가운데 하나를 지우세요", "Leave one of the two out"),
    ),
    _structure(
        "POD006", "duplicate-name", Severity.ERROR,
        "같은 종류의 두 대상이 같은 이름을 씁니다. 이름은 대상을 가리키는 유일한 말입니다.",
        "Two things of one kind have one name, and the name is all that tells them apart.",
        Text("둘 가운데 하나의 이름을 바꾸세요", "Rename one of the two"),
        "https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#detailed-behavior",
    ),
    _structure(
        "POD007", "dangling-reference", Severity.ERROR,
        "가리키는 대상이 입력에 없습니다. "
        "매니페스트에서는 다른 곳에서 만들 수도 있어 경고나 정보입니다.",
        "What is referred to is not in the input. In manifests this is a warning or a note, as it "
        "may be made elsewhere.",
        Text("이름을 고치거나 대상을 함께 넣으세요", "Correct the name, or add what it names"),
    ),
    _structure(
        "POD008", "invalid-value", Severity.ERROR,
        "값이 쿠버네티스가 받아들이는 범위나 형식을 벗어납니다.",
        "The value is outside of what Kubernetes accepts.",
        Text("알려 준 범위의 값으로 바꾸세요", "Write a value within what the message names"),
    ),
    _structure(
        "POD090", "unused-suppression", Severity.WARNING,
        "쓰이지 않는 예외 처리는 나중에 진짜 문제를 가릴 수 있습니다.",
        "A suppression that silences nothing may silence a real flaw later.",
        Text("예외 처리를 지우세요", "Remove the suppression"),
    ),
)  # fmt: skip
"""What readers find, and what comes of a suppression that silences nothing."""
