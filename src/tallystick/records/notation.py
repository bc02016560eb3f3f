"""Print and parse claims as lines of the tally book.

A page is a header that names its columns and a line for each claim; cells are parted by ``|``.
A missing column has its default. For the fields of the columns, parse∘print is the identity: a
sign of the notation inside an id or a word is written as in a URL (``|`` = ``%7C``).

Columns: ``who counted what whom where during by how many`` and, where needed, ``role incident
part of pins published standard edition source id``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from tallystick.errors import Unreadable
from tallystick.records.claim import Claim, Hedge, Whom

__all__ = [
    "COLUMNS",
    "BadNotation",
    "HowMany",
    "how_many",
    "parse_claims",
    "parse_how_many",
    "parse_line",
    "parse_whom",
    "print_claims",
    "print_line",
    "print_whom",
]

COLUMNS = ("who", "counted", "what", "whom", "where", "during", "by", "how many")
EXTRA_COLUMNS = (
    "role", "incident", "part of", "pins", "published", "standard", "edition", "source", "id",
)  # fmt: skip
_SAME_NAME = ("role", "incident", "pins", "published", "standard", "edition", "source", "id")
# The signs that part cells and their parts, what ends a line, blanks at the ends, and a cell that
# would read as "unknown", as a header, or as a remark.
_SIGNS = re.compile(r"[%|<>+&=\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|^\s|\s$|^\?$|^#|^who$")
_HOW_MANY = re.compile(r"(=|>=|>|<=|~|few\s*>=)\s*(\d+)|(\d+)\.\.(\d+)|(\w+)\s+(\d+)\.\.(\d*)")
_HEDGES: dict[str, Hedge] = {
    "=": "exact", ">=": "at_least", ">": "more_than", "<=": "at_most", "~": "approx",
    "few>=": "vague",
}  # fmt: skip


class BadNotation(Unreadable):
    """A line of the tally book cannot be read."""

    code = "bad-notation"

    def __init__(self, column: str, words: str) -> None:
        super().__init__(
            f"“{words[:60]}” cannot stand in the column “{column}”.",
            then="see the notation in docs/look-up/notation.md.",
        )


@dataclass(frozen=True, slots=True)
class HowMany:
    """Hold a number as it was said."""

    lo: int
    hi: int | None
    hedge: Hedge


def _written(word: str) -> str:
    return _SIGNS.sub(lambda sign: quote(sign[0], safe="") if sign[0] != "who" else "%77ho", word)


def _read(word: str) -> str:
    return unquote(word.strip(), errors="strict")


def parse_claims(page: str) -> tuple[Claim, ...]:
    """Read a page: a header, then a line for each claim; empty lines and ``#`` lines pass.

    Raises:
        BadNotation: A column or cell that cannot be read.
        BadClaim: A line that says what no claim can.
    """
    columns: tuple[str, ...] = ()
    claims: list[Claim] = []
    for line in page.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("|"))
        if cells[0] == "who":
            columns = _checked(cells)
        else:
            claims.append(parse_line(line, columns=columns or COLUMNS))
    return tuple(claims)


def _checked(cells: tuple[str, ...]) -> tuple[str, ...]:
    for name in cells:
        if name not in COLUMNS + EXTRA_COLUMNS:
            raise BadNotation("header", name)
    return cells


def parse_line(line: str, *, columns: Sequence[str] = COLUMNS) -> Claim:
    """Read one line under the given header.

    Raises:
        BadNotation: A cell that cannot be read, or too few or too many cells.
        BadClaim: A line that says what no claim can.
    """
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != len(columns):
        raise BadNotation("line", line.strip())
    told: dict[str, object] = {"kind": "killed"}
    for name, cell in zip(columns, cells, strict=True):
        if cell not in ("?", ""):
            told.update(_parsed(name, cell))
    if "lo" not in told:
        raise BadNotation("how many", "")
    return Claim.from_json(told)


def _parsed(column: str, cell: str) -> dict[str, object]:
    if column in _SAME_NAME:
        return {column: _read(cell)}
    reader = _CELLS.get(column)
    if reader is None:
        raise BadNotation("header", column)
    return reader(cell)


def _who(cell: str) -> dict[str, object]:
    originator, relayed, via = cell.partition("<")
    told: dict[str, object] = {"originator": _read(originator)}
    return told | {"via": _read(via)} if relayed else told


def _what(cell: str) -> dict[str, object]:
    words = cell.split()
    told: dict[str, object] = {}
    if words[0] == "not":
        told["polarity"] = "denied"
        words = words[1:]
    if len(words) == 2:
        told["unit"] = words.pop()
    if len(words) != 1:
        raise BadNotation("what", cell)
    return told | {"kind": words[0]}


def parse_whom(cell: str) -> dict[str, str]:
    """Read ``civilian & sex=female``; a bare word is a status.

    Raises:
        BadNotation: An empty term.
    """
    terms: dict[str, str] = {}
    for part in cell.split("&"):
        # A bare word is a status; every other key is written out.
        key, _, term = part.strip().rpartition("=")
        if not term:
            raise BadNotation("whom", cell)
        terms[_read(key) or "status"] = _read(term)
    return terms


def _where(cell: str) -> dict[str, object]:
    left, moved, to = cell.partition(">")
    told: dict[str, object] = {}
    if left.strip() not in ("", "?"):
        told["where"] = [_read(place) for place in left.split("+")]
    if moved and to.strip() not in ("", "?"):
        told["to"] = [_read(place) for place in to.split("+")]
    return told


def parse_how_many(cell: str) -> HowMany:
    """Read ``= N``, ``>= N``, ``> N``, ``<= N``, ``~ N``, ``N..M``, ``few>=N`` or ``hedge N..M``.

    Raises:
        BadNotation: Anything else.
    """
    found = _HOW_MANY.fullmatch(cell)
    if found is None:
        raise BadNotation("how many", cell)
    sign, number, low, high, word, least, most = found.groups()
    if sign:
        return _signed(_HEDGES[sign.replace(" ", "")], int(number))
    if low:
        return HowMany(int(low), int(high), "range")
    return HowMany(int(least), int(most) if most else None, word)  # type: ignore[arg-type]  # Claim checks the word


def _how_many(cell: str) -> dict[str, object]:
    told = parse_how_many(cell)
    return {"lo": told.lo, "hi": told.hi, "hedge": told.hedge}


def _signed(hedge: Hedge, number: int) -> HowMany:
    if hedge == "at_most":
        return HowMany(0, number, hedge)
    return HowMany(number, number if hedge in ("exact", "approx") else None, hedge)


_CELLS: dict[str, Callable[[str], dict[str, object]]] = {
    "who": _who,
    "counted": lambda cell: {"counted": cell},
    "what": _what,
    "whom": lambda cell: {"whom": parse_whom(cell)},
    "where": _where,
    "during": lambda cell: {"during": cell},
    "by": lambda cell: {"by": _read(cell)},
    "how many": _how_many,
    "part of": lambda cell: {"part_of": _read(cell)},
}


def print_claims(claims: Iterable[Claim]) -> str:
    """Return a page: the header, then a line for each claim, columns aligned."""
    listed = list(claims)
    extra = [
        name for name in EXTRA_COLUMNS if name != "id" and any(_extra(c, name) for c in listed)
    ]
    rows = [
        [*COLUMNS, *extra],
        *([*_cells(c), *(_extra(c, n) or "?" for n in extra)] for c in listed),
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = (
        " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows
    )
    return "\n".join(lines)


def print_line(claim: Claim) -> str:
    """Return the claim's line under the header of ``COLUMNS``."""
    return " | ".join(_cells(claim))


def _cells(claim: Claim) -> list[str]:
    who = _written(claim.originator) + (f" < {_written(claim.via)}" if claim.via else "")
    what = " ".join(
        word
        for word in (
            "not" if claim.polarity == "denied" else "",
            claim.kind,
            claim.unit if claim.unit != "persons" else "",
        )
        if word
    )
    return [
        who,
        str(claim.counted),
        what,
        print_whom(claim.whom) or "?",
        _where_cell(claim),
        str(claim.during) if claim.during else "?",
        _written(claim.by) if claim.by else "?",
        how_many(claim.lo, claim.hi, claim.hedge),
    ]


def print_whom(whom: Whom) -> str:
    """Return the cell that says whom; empty if nothing is said."""
    terms = ((_written(key), _written(term)) for key, term in whom.items())
    return " & ".join(term if key == "status" else f"{key}={term}" for key, term in terms)


def _where_cell(claim: Claim) -> str:
    where = " + ".join(_written(place) for place in claim.where) or "?"
    to = " + ".join(_written(place) for place in claim.to)
    return f"{where} > {to}" if to else where


def how_many(lo: int, hi: int | None, hedge: Hedge | None) -> str:
    """Return the cell that says a number as it was said."""
    for sign, name in _HEDGES.items():
        if name == hedge:
            number = hi if hedge == "at_most" and hi is not None else lo
            if _signed(name, number) == HowMany(lo, hi, name):
                return f"{sign} {number}".replace("few>= ", "few>=")
    if hedge == "range" and hi is not None:
        return f"{lo}..{hi}"
    return f"{hedge} {lo}..{'' if hi is None else hi}"


def _extra(claim: Claim, column: str) -> str:
    value = claim.part_of if column == "part of" else getattr(claim, column)
    return _written(str(value)) if value else ""
