from __future__ import annotations

from datetime import date

import pytest

from tallystick.preserving.notes import Notes, front_matter, notes_of, sidecar


def codes(issues):
    return [issue.code for issue in issues]


def test_front_matter_is_parted_from_the_text():
    told = '---\ntitle: "A: b"\noutlet: X\n# a comment\n\npublished: 2025-03-08\n---\n\nText.\n'
    notes, text, issues = front_matter(told, "a.md")

    assert Notes(title="A: b", outlet="X", published=date(2025, 3, 8)) == notes
    assert ("Text.\n", []) == (text, issues)


@pytest.mark.parametrize("told", ["Text.", "--- no", "---\nnever closed: 1\nText.", ""])
def test_a_text_without_front_matter_is_whole(told):
    assert (Notes(), told, []) == front_matter(told, "a.md")


def test_lines_that_are_no_notes_stay_text():
    told = "---\nA rule of dashes, no key\n---\nText."
    notes, text, issues = front_matter(told, "a.md")

    assert (Notes(), told, ["preserving.unclear-notes"]) == (notes, text, codes(issues))


def test_windows_line_ends_and_quotes_are_understood():
    notes, text, _ = front_matter("---\r\ntitle: 'T'\r\nlang: ar\r\n---\r\n\r\nنص", "a.txt")

    assert ("T", "ar", "نص") == (notes.title, notes.lang, text)


def test_empty_front_matter_says_nothing():
    assert (Notes(), "Text.", []) == front_matter("---\n---\nText.", "a.md")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2025-03-08", date(2025, 3, 8)),
        ("2025-03-08T23:10:00+03:00", date(2025, 3, 8)),
        ("2025-03-08 23:10", date(2025, 3, 8)),
    ],
)
def test_a_day_is_taken_as_written(said, day):
    assert (Notes(published=day), []) == notes_of({"published": said}, "a.md")


@pytest.mark.parametrize("said", ["2025-03", "2025", "8 March 2025", "2025-02-30", "08/03/2025"])
def test_what_is_no_day_is_not_made_one(said):
    notes, issues = notes_of({"published": said}, "a.md")

    assert (None, ["preserving.unclear-date"]) == (notes.published, codes(issues))


def test_the_first_of_several_dates_of_publication_holds():
    notes, issues = notes_of({"published": "2025-03-08", "pub_date": "2025-03-09"}, "a.md")

    assert (date(2025, 3, 8), []) == (notes.published, issues)


def test_an_unknown_key_is_named_and_one_used_elsewhere_is_not():
    notes, issues = notes_of(
        {"headline": "T", "id": "1", "url": "u"}, "a.md", beside=frozenset({"id"})
    )

    assert ("u", ["preserving.unknown-key"]) == (notes.url, codes(issues))
    assert "headline" in issues[0].says


@pytest.mark.parametrize(("key", "value"), [("kind", "rumour"), ("access", "secret")])
def test_a_choice_that_is_none_is_left_out_and_named(key, value):
    notes, issues = notes_of({key: value}, "a.md")

    assert (Notes(), ["preserving.unknown-choice"]) == (notes, codes(issues))


def test_a_sidecar_says_what_front_matter_does():
    data = b'title = "T"\npublished = 2025-03-08\nkind = "tally"\n'

    assert (Notes(title="T", published=date(2025, 3, 8), kind="tally"), []) == sidecar(
        data, "a.toml"
    )
    assert date(2025, 3, 8) == sidecar(b"published = 2025-03-08T10:00:00Z", "a.toml")[0].published


@pytest.mark.parametrize("data", [b"title = ", b"\xff\xfe", b"a = " + b"[" * 5000])
def test_a_sidecar_that_is_no_toml_is_told(data):
    notes, issues = sidecar(data, "a.toml")

    assert (Notes(), ["preserving.unclear-notes"]) == (notes, codes(issues))


def test_stronger_notes_hold_over_weaker_ones():
    strong, weak = Notes(title="T"), Notes(title="W", outlet="O")

    assert Notes(title="T", outlet="O") == strong.over(weak)
    assert {"title": "T"} == strong.as_fields()
