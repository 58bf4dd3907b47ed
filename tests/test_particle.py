"""Korean particles follow the word before them, as it is read aloud."""

import pytest

from podviz.text import Text

CLOSED = ["웹", "web", "app", "train", "mysql", "file", "engine", "hook", "setup", "worker-1", "6"]
OPEN = [
    "서비스",
    "orders",
    "api",
    "db",
    "link",
    "agent",
    "cache",
    "php",
    "envoy",
    "redis:7.4",
    "ip",
]


@pytest.mark.parametrize("word", CLOSED)
def test_a_final_consonant_takes_the_closed_form(word: str) -> None:
    told = Text("'{a}'와 '{a}'가 '{a}'를 '{a}'는", "").format(a=word).ko
    assert told == f"'{word}'과 '{word}'이 '{word}'을 '{word}'은"


@pytest.mark.parametrize("word", OPEN)
def test_a_vowel_takes_the_open_form(word: str) -> None:
    told = Text("{a}과 {a}이 {a}을 {a}은", "").format(a=word).ko
    assert told == f"{word}와 {word}가 {word}를 {word}는"


@pytest.mark.parametrize(
    ("word", "told"), [("웹", "으로"), ("서울", "로"), ("api", "로"), ("app", "으로")]
)
def test_the_way_to_something_is_short_after_l(word: str, told: str) -> None:
    assert Text("{a}로 간다", "").format(a=word).ko == f"{word}{told} 간다"


def test_both_forms_in_brackets_become_the_right_one() -> None:
    assert Text("'{a}'은(는) 없다", "").format(a="port").ko == "'port'는 없다"


def test_what_only_looks_like_a_particle_stays() -> None:
    assert Text("{a}이상 {a}가지", "").format(a="3").ko == "3이상 3가지"
    assert Text("", "{a}").format(a="web").en == "web"
