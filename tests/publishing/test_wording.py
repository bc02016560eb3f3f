from __future__ import annotations

import datetime as dt
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

from tallystick.publishing import LANGUAGES, UnknownLanguage
from tallystick.publishing.markup import tag
from tallystick.publishing.wording import Words, _flat
from tallystick.records import Days

ROOM = Path(__file__).parents[2] / "src" / "tallystick" / "publishing"
PLURALS = ("zero", "one", "two", "few", "many", "other")


def messages(lang):
    text = files("tallystick.publishing").joinpath("words", f"{lang}.toml").read_text("utf-8")
    return dict(_flat(tomllib.loads(text)))


def without_plurals(table):
    merged: dict[str, set[str]] = {}
    for key, message in table.items():
        stem, _, last = key.rpartition(".")
        fields = {field for _, field, _, _ in Formatter().parse(message) if field}
        counts = last in PLURALS and f"{stem}.other" in table
        merged.setdefault(stem if counts else key, set()).update(fields)
    return merged


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_says_every_message_with_the_same_fields(lang):
    assert without_plurals(messages("en")) == without_plurals(messages(lang))


def test_every_plural_message_has_all_forms_of_its_language():
    needed = {"en": {"one", "other"}, "ar": set(PLURALS)}
    for lang, forms in needed.items():
        table = messages(lang)
        stems = {k.rpartition(".")[0] for k in table if k.rpartition(".")[2] == "other"}

        assert [] == [
            f"{lang} {stem}.{form}"
            for stem in stems
            for form in forms
            if f"{stem}.{form}" not in table
        ]


def test_every_message_is_used_and_every_used_message_exists():
    code = "\n".join(path.read_text("utf-8") for path in sorted(ROOM.glob("*.py")))
    fixed = set(re.findall(r"""["']([a-z-]+(?:\.[a-z0-9_-]+)+)["']""", code))
    begun = set(re.findall(r"""f["']([a-z.-]*[.-])\{""", code))
    names = set(without_plurals(messages("en")))
    unused = {k for k in names if k not in fixed and not any(k.startswith(b) for b in begun if b)}
    files_named = {"report.css", "index.html", "figures.json", "claims.jsonl", "manifest.json"}
    files_named |= {"statements.jsonl", "estimates.json"}
    unknown = {k for k in fixed if k not in names} - files_named

    assert set() == unused
    assert set() == {
        k for k in unknown if k.partition(".")[0] in {n.partition(".")[0] for n in names}
    }


def test_the_arabic_table_says_that_it_is_a_draft():
    assert "ترجمة آلية" in Words("ar")("page.draft")
    assert "" == Words("en")("page.draft")


def test_an_unknown_language_is_told_with_those_there_are():
    with pytest.raises(UnknownLanguage, match="ar, en"):
        Words("tlh")


@pytest.mark.parametrize(
    ("n", "form"),
    [
        (0, "zero"), (1, "one"), (2, "two"), (3, "few"), (10, "few"), (11, "many"), (99, "many"),
        (100, "other"), (102, "other"), (103, "few"), (1676, "many"),
    ],
)  # fmt: skip
def test_arabic_plurals_follow_cldr(n, form):
    words = Words("ar")
    expected = messages("ar")[f"people.persons.{form}"].replace("{n}", words.number(n))

    assert expected == words.counted("people.persons", n)


def test_english_says_one_person_and_two_people():
    words = Words("en")

    assert "1 person" in words.counted("people.persons", 1).replace("</bdi>", "").replace(
        '<bdi class="n" dir="ltr">', ""
    )
    assert words.counted("people.persons", 2).endswith("people")


def test_what_is_put_into_a_message_is_escaped_unless_it_is_markup():
    words = Words("en")

    assert "&lt;b&gt;" in words("number.at-least", n="<b>")
    assert "<b>1</b>" in words("number.at-least", n=tag("b", "1"))


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ("2031-03-06", "6\u00a0March 2031"),
        ("2031-03-06..2031-03-11", "6–\u206011\u00a0March 2031"),
        ("2031-03-06..2031-04-09", "6\u00a0March 2031 to 9\u00a0April 2031"),
    ],
)
def test_a_window_is_said_as_one_would_say_it(window, said):
    assert said == Words("en").days(Days.parse(window))


def test_ranges_lists_and_days():
    words = Words("en")

    assert "12–15" in words.between(12, 15)
    assert "at least" in words.between(12, None)
    assert words.number(12) == words.between(12, 12)
    assert ("", "A", "A and B", "A, B and C") == tuple(
        words.listed(parts) for parts in ([], ["A"], ["A", "B"], ["A", "", "B", "C"])
    )
    assert "8 Mar" == words.short_day(dt.date(2031, 3, 8))
    assert words.has("list.and")
    assert not words.has("no.such")
