"""Puts tests/ on the path, so that its helpers are found from every folder below."""

import os
import tempfile

from podviz.runs.cache import HOME

# What is drawn for a test is not found in the cache of the user, nor in that of another run.
os.environ[HOME] = tempfile.mkdtemp(prefix="podviz-tests-")
