"""Reads podviz's own spec: one figure a document."""

from podviz.reader import Reader
from podviz.readers.spec.sheets import read

READER = Reader(read=read)
