"""Say what each act does to the tables: a pure function from one opened entry to changes.

It runs when an entry is written, and again for every entry when the tables are replayed, so that
both give the same bytes. It looks at nothing but the entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tallystick.errors import Refused
from tallystick.records import JournalEntry, canonical

__all__ = ["ACTS", "LISTED", "READ", "Drop", "Kind", "Opened", "Row", "UnknownAct", "changes"]

Kind = Literal[
    "setting", "source", "custody", "reading", "claim", "statement", "entry", "issue", "review",
    "listing", "row", "link", "run", "person", "household", "incident", "reckoning", "figure",
    "certificate", "estimate", "publication", "withdrawal", "export",
]  # fmt: skip
# The issues of a reading go with the reading; those of preserving stay with the source, and those
# of a list with the reading of its rows.
READ, LISTED = "#read", "#listed"
PEOPLE = "people"
Body = Mapping[str, object]


class UnknownAct(Refused):
    """An act is not on the closed list."""

    code = "unknown-act"

    def __init__(self, act: str) -> None:
        super().__init__(
            f"The journal knows no act “{act[:40]}”.",
            then="update Tallystick: the case may come from a newer version.",
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """Hold one entry with its opened body, as the journal gives it back."""

    entry: JournalEntry
    body: Body
    leaf: bytes

    def as_json(self) -> dict[str, object]:
        """Return what a person may read of it: the entry, its leaf hash and its body."""
        entry = self.entry
        told: dict[str, object] = {
            "seq": entry.seq,
            "ts": entry.ts,
            "actor": entry.actor,
            "act": entry.act,
            "obj": entry.obj,
            "why": entry.why,
            "tool": entry.tool,
            "blobs": list(entry.blobs),
            "leaf": self.leaf.hex(),
        }
        return told | {"body": dict(self.body)}


@dataclass(frozen=True, slots=True)
class Row:
    """Put one record: it takes the place of the one of the same kind and id."""

    kind: Kind
    id: str
    owner: str
    told: bytes


@dataclass(frozen=True, slots=True)
class Drop:
    """Take away every record of a kind that one owner has."""

    kind: Kind
    owner: str


Change = Row | Drop


def changes(opened: Opened) -> Iterator[Change]:
    """Yield what the entry does to the tables, in order.

    Raises:
        UnknownAct: The act is not on the closed list.
    """
    fold = _FOLDS.get(opened.entry.act)
    if fold is None:
        raise UnknownAct(opened.entry.act)
    return fold(opened)


def _row(kind: Kind, name: object, owner: str, told: object) -> Row:
    return Row(kind, str(name), owner, canonical(told))


def _rows(kind: Kind, owner: str, told: object) -> Iterator[Row]:
    for item in _list(told):
        yield _row(kind, item["id"], owner, item)


def _list(told: object) -> list[Body]:
    assert isinstance(told, list)
    return told


def _setting(opened: Opened) -> Iterator[Change]:
    yield _row("setting", "case", "", opened.body["settings"])


def _source(opened: Opened) -> Iterator[Change]:
    source = opened.entry.obj
    yield _row("source", source, "", opened.body["source"])
    yield Drop("issue", source)
    yield from _issues(opened, source)


def _issues(opened: Opened, owner: str) -> Iterator[Row]:
    for place, issue in enumerate(_list(opened.body["issues"])):
        yield _row("issue", f"{opened.entry.seq}.{place}", owner, issue)


def _custody(opened: Opened) -> Iterator[Change]:
    yield _row("custody", opened.entry.seq, opened.entry.obj, opened.body["custody"])
    yield from _issues(opened, opened.entry.obj)


def _read(opened: Opened) -> Iterator[Change]:
    source, body = opened.entry.obj, opened.body
    yield _row("reading", source, "", {"method": body["method"], "seq": opened.entry.seq})
    for kind, name in _READINGS.items():
        yield Drop(kind, source)
        yield from _rows(kind, source, body[name])
    yield Drop("issue", source + READ)
    yield from _issues(opened, source + READ)


def _review(opened: Opened) -> Iterator[Change]:
    yield _row("review", opened.entry.seq, opened.entry.obj, opened.body)


def _link(opened: Opened) -> Iterator[Change]:
    yield _row("link", opened.entry.obj, "", opened.body["link"])


def _list_read(opened: Opened) -> Iterator[Change]:
    source, body = opened.entry.obj, opened.body
    told = {"method": body["method"], "mapping": body["mapping"], "seq": opened.entry.seq}
    yield _row("listing", source, "", told)
    yield Drop("row", source)
    yield from _rows("row", source, body["entries"])
    yield Drop("issue", source + LISTED)
    yield from _issues(opened, source + LISTED)


def _people(opened: Opened) -> Iterator[Change]:
    yield _row("run", PEOPLE, "", opened.body["run"])
    yield Drop("person", "")
    yield from _rows("person", "", opened.body["persons"])
    yield Drop("household", "")
    yield from _rows("household", "", opened.body["households"])
    yield Drop("issue", PEOPLE)
    yield from _issues(opened, PEOPLE)


def _incidents(opened: Opened) -> Iterator[Change]:
    yield Drop("incident", "")
    yield from _rows("incident", "", opened.body["incidents"])


def _figure(opened: Opened) -> Iterator[Change]:
    figure = opened.entry.obj
    yield _row("figure", figure, "", opened.body["figure"])
    yield Drop("certificate", figure)
    yield from _rows("certificate", figure, opened.body["certificates"])


def _reckoning(opened: Opened) -> Iterator[Change]:
    yield _row("reckoning", opened.entry.seq, "", opened.body)


def _estimate(opened: Opened) -> Iterator[Change]:
    yield Drop("estimate", "")
    for place, told in enumerate(_list(opened.body["estimates"])):
        yield _row("estimate", told.get("id", f"{opened.entry.seq}.{place}"), "", told)


def _publish(opened: Opened) -> Iterator[Change]:
    yield _row("publication", opened.entry.obj, "", opened.body["publication"])


def _withdraw(opened: Opened) -> Iterator[Change]:
    told = {"at": opened.entry.ts, "why": opened.entry.why}
    yield _row("withdrawal", opened.entry.obj, "", told)


def _export(opened: Opened) -> Iterator[Change]:
    yield _row("export", opened.entry.obj, "", opened.body["export"])


_READINGS: dict[Kind, str] = {"claim": "claims", "statement": "statements", "entry": "entries"}
_FOLDS: dict[str, Callable[[Opened], Iterator[Change]]] = {
    "case.open": _setting,
    "config.set": _setting,
    "source.add": _source,
    "source.describe": _source,
    "source.custody": _custody,
    "source.read": _read,
    "claim.review": _review,
    "list.read": _list_read,
    "link.decide": _link,
    "people.link": _people,
    "incident.decide": _incidents,
    "figure.add": _figure,
    "reckoning.add": _reckoning,
    "estimate.add": _estimate,
    "number.publish": _publish,
    "number.withdraw": _withdraw,
    "export.make": _export,
}
ACTS = tuple(_FOLDS)
