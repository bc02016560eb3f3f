from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.publishing.pages import anchors, parsed

from tallystick.publishing.marks import Mark, marked_text
from tallystick.publishing.markup import tag

TEXTS = st.text(st.sampled_from("ab ق\n<&\u0303"), max_size=60)


@st.composite
def marked(draw):
    text = draw(TEXTS)
    marks = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        kind = draw(st.sampled_from(["claim", "statement", "also"]))
        marks.append(Mark(f"c-{number}", start, end, number, kind))
    return text, marks


def lines(page):
    return [p.text(without=["ref"]) for p in page.all("p")]


@given(marked())
def test_the_words_of_the_page_are_the_words_of_the_text(told):
    text, marks = told

    assert text.split("\n") == lines(parsed(marked_text(text, marks)))


@given(marked())
def test_every_marked_word_has_one_anchor_at_its_beginning(told):
    text, marks = told
    page = parsed(marked_text(text, marks))
    placed = anchors(page)
    shown = [m for m in marks if m.kind != "also" and text[m.start : m.end].strip("\n")]

    assert len(placed) == len(set(placed))
    assert {m.id for m in shown} <= set(placed)


@given(marked())
def test_marks_cover_exactly_the_characters_they_name(told):
    text, marks = told
    page = parsed(marked_text(text, marks))
    covered = "".join(
        "x" if any(e.name == "mark" for e in ancestors) else "-"
        for ancestors, words in _walk(page, [])
        for _ in words
    )
    expected = "".join(
        "x" if any(m.start <= i < m.end for m in marks) else "-"
        for i, letter in enumerate(text)
        if letter != "\n"
    )

    assert expected == covered


def _walk(element, above):
    for child in element.children:
        if isinstance(child, str):
            if any(e.name == "p" for e in [*above, element]):
                yield [*above, element], child
        elif child.name != "a":
            yield from _walk(child, [*above, element])


def test_marks_that_cross_are_both_whole():
    page = parsed(marked_text("one two three", [Mark("c-1", 0, 7, 1), Mark("c-2", 4, 13, 2)]))
    marks = {e.attributes["id"]: e for e in page.all("mark") if "id" in e.attributes}

    assert "one " == marks["c-1"].text(without=["ref"])
    assert "two" == marks["c-2"].text(without=["ref"])
    assert ["1", "2"] == [a.text() for a in page.all("a")]
    assert ["#card-c-1", "#card-c-2"] == [a.attributes["href"] for a in page.all("a")]


def test_a_sign_stands_for_its_character_inside_the_marks_that_cover_it():
    page = parsed(marked_text("one ? two", [Mark("c-1", 0, 9, 1)], {4: tag("b", "NAME")}))

    assert ["one NAME two"] == lines(page)
    assert ["NAME"] == [e.text() for e in page.all("b") if e.parent.name == "mark"]
