"""The gallery of rules: an example says what no picture shows."""

from podviz.gallery import telling_apart

POD = "kind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: x%s}]}\n"


def apart(bad: str, good: str) -> list[str | None]:
    return [said.en if said else None for said in telling_apart(POD % bad, POD % good)]


def test_fields_that_only_one_example_has_are_told() -> None:
    assert apart(", tty: true", ", tty: false") == ["tty: true", "tty: false"]
    assert apart("", ", resources: {requests: {cpu: 1}}") == [None, "requests.cpu: 1"]
    assert apart(", command: [sh, -c, run]", "") == ["command: sh -c run", None]


def test_what_the_picture_shows_is_not_told_again() -> None:
    assert apart(":1", ":2") == [None, None]


def test_examples_that_differ_in_much_speak_by_their_pictures() -> None:
    assert apart(", a: 1, b: 2, c: 3, d: 4", ", a: 2") == [None, "a: 2"]
