"""Reads Kubernetes manifests: all of an input is one cluster."""

from podviz.reader import Reader
from podviz.readers.manifest.clusters import read

READER = Reader(read=read)
