from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tallystick.publishing.context import LONGEST, around
from tallystick.publishing.excerpts import (
    NAME,
    Excerpts,
    Passage,
    excerpts_of,
    mentions,
    whole_text,
)

WORDS = st.lists(st.sampled_from(["one", "two.", "ثلاثة؟", "\n", "\n\n", "a" * 90]), max_size=60)


@st.composite
def cited(draw):
    """Draw a text and the spans that are cited in it."""
    text = " ".join(draw(WORDS)) + draw(st.sampled_from(["", "\n", " . "]))
    spans = []
    for _ in range(draw(st.integers(0, 4)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        spans.append((start, draw(st.integers(start + 1, len(text)))))
    return text, spans


@given(cited(), st.booleans())
def test_every_cited_span_resolves_to_its_own_words(told, bare):
    text, spans = told
    shown = excerpts_of(text, spans, bare=bare)

    assert [text[start:end] for start, end in spans] == [shown.words_at(*span) for span in spans]
    assert len(text) == shown.length


@given(cited(), st.booleans())
def test_passages_lie_apart_where_they_lie_in_the_text(told, bare):
    text, spans = told
    passages = excerpts_of(text, spans, bare=bare).passages
    ends = [0, *(edge for one in passages for edge in (one.start, one.end)), len(text)]
    gaps = [text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]

    assert [text[one.start : one.end] for one in passages] == [one.words for one in passages]
    assert sorted(ends) == ends
    assert not passages or all(not gap or gap.strip() for gap in gaps)


@given(cited())
@example((" ".join(["a" * 90] * 6), [(0, 265)]))
def test_the_sentence_around_is_the_same_in_the_excerpts_as_in_the_text(told):
    text, spans = told
    shown = excerpts_of(text, spans)

    assert [around(text, *span) for span in spans] == [shown.around(*span) for span in spans]


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.sampled_from([" ", "\n", "\n\n"]))
def test_a_sentence_that_nobody_cites_is_left_out(is_cited, between):
    sentences = [f"Sentence {number} tells this." for number in range(len(is_cited))]
    text = between.join(sentences)
    spans = [
        (at, at + 4)
        for sentence, wanted in zip(sentences, is_cited, strict=True)
        if wanted
        for at in [text.index(sentence) + sentence.index("tells")]
    ]
    shown = "|".join(one.words for one in excerpts_of(text, spans).passages)

    assert is_cited == [sentence in shown for sentence in sentences]
    assert is_cited.count(True) == shown.count("tells")


@given(cited(), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 9)), max_size=4))
def test_a_name_is_left_out_of_all_that_is_not_cited(told, drawn):
    text, spans = told
    names = [
        (start, min(start + length, len(text))) for start, length in drawn if start < len(text)
    ]
    shown = excerpts_of(text, spans, names=names)
    told = {text[slice(*n)] for n in names if any(n[0] < s[1] and s[0] < n[1] for s in spans)}
    free = [name for name in names if text[slice(*name)] not in told]
    seen = {at for one in shown.passages for at in range(one.start, one.end)}
    before = {at for one in excerpts_of(text, spans).passages for at in range(one.start, one.end)}

    assert before - {at for name in free for at in range(*name)} == seen
    assert [text[start:end] for start, end in spans] == [shown.words_at(*span) for span in spans]
    assert len(excerpts_of(text, spans).passages) >= len(list(shown.runs()))


def test_names_are_left_out_of_the_sentence_and_the_rest_runs_on():
    text = "Heard at noon. Three men, named as Aa Bb (34) and Cc Dd, were killed. Aa Bb sang."
    named = [(text.index(name), text.index(name) + 5) for name in ("Aa Bb", "Cc Dd")]
    three, sang = ((text.index(word), text.index(word) + 4) for word in ("Three", "sang"))
    shown = excerpts_of(text, [three, sang], names=mentions(text, named))

    assert [False, True, True, True] == [one.runs_on for one in shown.passages]
    assert ("", f"e men, named as {NAME} (34) and {NAME}, were killed.") == shown.around(*three)
    assert (f"{NAME} ", ".") == shown.around(*sang)


def test_a_name_is_found_at_every_mention_and_inside_no_word():
    text = "Aa Bb met Aa Bbc. Aa Bb left with Aa."
    found = list(mentions(text, [(0, 5), (0, 2), (9, 9)]))

    assert [(0, 5), (10, 12), (18, 23), (34, 36)] == found
    assert [] == list(mentions(text, []))


def test_bare_excerpts_are_the_cited_words_and_nothing_else():
    text = "name\tnumber\nSomebody\t12\nSomebody else\t14\n"
    at = text.index("12")

    assert (Passage(at, "12"),) == excerpts_of(text, [(at, at + 2)], bare=True).passages


@pytest.mark.parametrize("span", [(3, 3), (-1, 2), (2, 900), (5, 4)])
def test_a_span_that_is_none_shows_nothing(span):
    shown = excerpts_of("Nothing of this. Nor of that.", [span])

    assert Excerpts(length=29) == shown
    assert (None, ("", "")) == (shown.words_at(*span), shown.around(*span))
    assert 29 == shown.left_out


def test_an_endless_sentence_is_cut():
    text = "word " * 500 + "12 died" + " word" * 500
    at = text.index("12")
    (passage,) = excerpts_of(text, [(at, at + 7)]).passages

    assert LONGEST < at - passage.start <= LONGEST + 41
    assert LONGEST < passage.end - at - 7 <= LONGEST + 41
    assert passage.words.startswith("word ")
    assert passage.words.endswith(" word")


def test_the_whole_is_one_passage():
    assert Excerpts(3, (Passage(0, "abc"),), is_whole=True) == whole_text("abc")
    assert 0 == whole_text("abc").left_out
