"""Korean particles: 와 or 과 by how the word before them ends."""

import re
from collections.abc import Mapping

from podviz.pattern import pattern

_PAIRS = (("과", "와"), ("이", "가"), ("은", "는"), ("을", "를"), ("으로", "로"))
"""After a final consonant, and after a vowel."""

_PAIR = {form: pair for pair in _PAIRS for form in pair}
_FIRST = frozenset(form[0] for form in _PAIR)
_SLOT = pattern(r"\{(\w+)\}(['’]?)(으로|[과와이가은는을를로])(\([과와이가은는을를]\))?(?![가-힣(])")
_SPELLED = pattern(r"(?:^|[^a-z])ip$")
_FINAL_DIGITS, _L_DIGITS = "013678", "178"
_VOWELS = "aeiouyw"
_STOPS = "bckpt"  # closed after a vowel (app, web, hook), a syllable of its own after a consonant


def agreed(template: str, words: Mapping[str, object]) -> str:
    """The template with the particle behind each `{name}` as the word that fills it asks for."""

    def chosen(slot: re.Match[str]) -> str:
        name, quote, given, _ = slot.groups()
        said = str(words.get(name, ""))
        closed, open = _PAIR[given]
        form = closed if _is_closed(said, to=closed == "으로") else open
        return f"{{{name}}}{quote}{form}"

    behind = [piece.lstrip("'’")[:1] for piece in template.split("}")[1:]]
    return _SLOT.sub(chosen, template) if _FIRST.intersection(behind) else template


def _is_closed(word: str, *, to: bool) -> bool:
    """True after a final consonant; `to` counts no ㄹ, after which 로 stays short. Latin words
    are taken as they are read aloud."""
    last = word[-1:].lower()
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return final != 0 and not (to and final == 8)
    if last.isdecimal():
        return last in _FINAL_DIGITS and not (to and last in _L_DIGITS)
    bare = word.lower()[:-1] if last == "e" and word[-2:-1].lower() in "lmn" else word.lower()
    last, before = bare[-1:], bare[:-1].rstrip(bare[-1:] + "c")[-1:]
    if _SPELLED.search(bare):
        return False
    if last == "l":
        return not to
    if last and last in "mn":
        return True
    if bare.endswith("ng"):
        return True
    return bool(last) and last in _STOPS and bool(before) and before in _VOWELS
