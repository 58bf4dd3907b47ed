"""One word out of several, with a suggestion for a near miss."""

from collections.abc import Sequence

from podviz.errors import UsageError


def choose(what: str, word: str, words: Sequence[str]) -> str:
    """The word if it is one of `words`. Raises UsageError with a suggestion."""
    if word in words:
        return word
    near = did_you_mean(word, words)
    raise UsageError(f"{what} must be one of {', '.join(words)}, not {word!r}{near}")


def did_you_mean(word: str, words: Sequence[str]) -> str:
    """` (did you mean 'svg'?)`, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), words, n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""
