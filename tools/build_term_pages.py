"""Write ``docs/look-up/{terms,places,actors}.md`` from the data of the terms room.

``python tools/build_term_pages.py`` writes the pages; ``--check`` only says which are out of date
(exit 1). The pages say what the data says and no more, one sentence a line.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from tallystick.terms import (  # noqa: E402  the checkout's own package, not an installed one
    FIXED_KEYS,
    OPEN_KEYS,
    Actors,
    Places,
    vocabulary,
    vocabulary_keys,
)

LOOK_UP = ROOT / "docs" / "look-up"
MADE = "<!-- Made by tools/build_term_pages.py from src/tallystick/terms/data; do not edit. -->"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    return [*lines, *(f"| {' | '.join(cell.replace('|', '·') for cell in row)} |" for row in rows)]


def terms_page() -> list[str]:
    lines = [
        "# Terms",
        "",
        MADE,
        "",
        "A claim says things only in these words.",
        f"The keys `{'`, `'.join(FIXED_KEYS)}` of `whom` take only the ids below.",
        f"The keys `{'`, `'.join(OPEN_KEYS)}` take any id; below are the common ones.",
        "A term contains those inside it; terms on different branches exclude each other.",
        "Ids are stable: a term is retired, never renamed or used again.",
    ]
    for key in vocabulary_keys():
        terms = vocabulary(key)
        lines += [
            "",
            f"## {terms.label('en')} (`{key}`) · {terms.label('ar')}",
            "",
            terms.means,
            "",
        ]
        columns = ["id", "inside", "English", "Arabic", "means", "source", "since"]
        rows = [
            (f"`{t.id}`", f"`{t.inside}`" if t.inside else "", t.label("en"), t.label("ar"),
             t.means, t.source, t.since)
            for t in terms
        ]  # fmt: skip
        lines += table(columns, rows)
        whom = [(f"`{t.id}`", " ".join(f"{k}={v}" for k, v in t.whom.items())) for t in terms]
        if any(stands for _, stands in whom):
            lines += ["", *table(["id", "stands for"], whom)]
    return lines


def places_page() -> list[str]:
    places = Places.builtin()
    lines = [
        "# Places",
        "",
        MADE,
        "",
        f"The built-in gazetteer holds {len(places):,} places and their spellings.",
        "Countries have ISO 3166-1 ids, their divisions ISO 3166-2 ids.",
        "Districts and subdistricts of Syria have OCHA P-codes.",
        "Where the data comes from stands in `src/tallystick/terms/data/ATTRIBUTION.md`.",
        "Names and boundaries imply no opinion on the status of a territory.",
        "",
        "## `places.csv`",
        "",
        "A case adds its own places in `places.csv`, with these columns:",
        "",
        *table(
            ["column", "holds"],
            [
                ("`id`", "an id of its own; one that is built in takes that place's place, whole"),
                ("`name`", "the spelling to show"),
                (
                    "`parent`",
                    "id of the place it lies in, of this file or built in; empty for none",
                ),
                ("`lat`, `lon`", "degrees, WGS 84; may be empty"),
                ("`aliases`", "further spellings in any script, separated by a vertical bar"),
                ("`unit`", "what tells people apart between tellers; may be empty"),
            ],
        ),
        "",
        "A row whose parent is unknown, that stands in itself, whose id stands twice or whose "
        "number is unclear is set aside and named; the others are kept.",
        "A row that is set aside leaves the built-in place of its id as it was.",
        "",
        "## Level and unit",
        "",
        "A built-in place has the level that its source states: country, first, second, third, town.",
        "A place of a case is one level below its parent; one without a parent is a country.",
        "The unit of a place is the first of these that there is:",
        "",
        "1. the `unit` of the place, or of the nearest place around it that sets one;",
        "2. the place itself or the nearest around it of the second level;",
        "3. the place itself or the nearest around it of the first level;",
        "4. the place itself.",
        "",
        "So give a village its district as parent, not its governorate.",
        "Right inside a governorate it would count as a district of its own.",
        "",
        "## How a place is found",
        "",
        "A name is found as spelt, else folded (case, accents, articles, Arabic letter variants, "
        "words such as “governorate”), else by sound across scripts.",
        "Where several places share a name, the words around it decide (“Rawda, Tartus”, "
        "“Tartus city”), then a case's own places, then the widest place.",
        "",
        "## Syria",
        "",
    ]
    syria = [
        p for p in places if p.id.startswith("SY") and places.level(p.id) in ("first", "second")
    ]
    columns = ["id", "level", "lies in", "English", "Arabic"]
    lines += table(
        columns,
        ((f"`{p.id}`", places.level(p.id), f"`{p.parent}`", p.name, p.label("ar")) for p in syria),
    )
    towns = [p for p in places if p.level == "town"]
    lines += ["", "## Towns", ""]
    lines += table(
        ["id", "lies in", "English", "Arabic"],
        ((f"`{p.id}`", f"`{p.parent}`", p.name, p.label("ar")) for p in towns),
    )
    lines += ["", "## Countries", ""]
    rows = (
        (f"`{id_}`", place.name, place.label("ar"), str(len(places.children(id_))))
        for id_ in places.roots
        if (place := places.get(id_))
    )
    return [*lines, *table(["id", "English", "Arabic", "divisions"], rows)]


def actors_page() -> list[str]:
    actors = Actors.builtin()
    lines = [
        "# Actors",
        "",
        MADE,
        "",
        "Those who count, relay, accuse and are accused: organisations and offices, no persons.",
        "A case adds its own in `actors.csv`: `id,name,kind,inside,speaks_for,aliases`.",
        "`inside` is the body that an actor belongs to; `speaks_for` whom it speaks for or relies "
        "on; several are separated by a vertical bar.",
        "Actors that one of the two joins are one voice, and so are all tellers without a name.",
        "A row with the id of a built-in actor takes its place, whole; a case's names come first.",
        "That a body is listed, and how it is named, implies no opinion on it.",
        "",
    ]
    rows = (
        (f"`{a.id}`", a.name, a.label("ar"), a.kind, ", ".join(f"`{r}`" for r in dict.fromkeys(a.relies_on)),
         f"`{actors.voice_of(a.id)}`")
        for a in actors
    )  # fmt: skip
    return [*lines, *table(["id", "name", "Arabic", "kind", "relies on", "voice"], rows)]


PAGES = {"terms.md": terms_page, "places.md": places_page, "actors.md": actors_page}


def main() -> int:
    stale = []
    for name, page in PAGES.items():
        text = "\n".join(page()) + "\n"
        path = LOOK_UP / name
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        print(f"Out of date: {', '.join(stale)}. Run `python tools/build_term_pages.py`.")
    return bool(stale)


if __name__ == "__main__":
    raise SystemExit(main())
