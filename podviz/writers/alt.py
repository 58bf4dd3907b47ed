"""The figure in words: alternative text, for those who cannot see it."""

from podviz.scene.telling import sentences
from podviz.writer import Work


def write(work: Work) -> bytes:
    """UTF-8 text in one language: the title, then a line for each sentence."""
    figure, lang = work.figure, work.lang
    title = [figure.title.to(lang)] if figure.title else []
    told = [f"{sentence.to(lang).rstrip('.')}." for sentence in sentences(figure)]
    return ("\n".join([*title, *told]) + "\n").encode()
