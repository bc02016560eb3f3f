"""Read the sources of a case and keep each reading in its journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tallystick.casework.case import Case, now
from tallystick.casework.grounds import Grounds, grounds_of_case
from tallystick.errors import NotFound
from tallystick.ledger import source_read
from tallystick.reading import Reading, method_of, read_text
from tallystick.records import Issue, Source, short_id

__all__ = ["Due", "SourceRead", "read_case"]

Due = tuple[Source, str]
Watch = Callable[[Sequence[Due]], Iterable[Due]]


@dataclass(frozen=True, slots=True)
class SourceRead:
    """Hold the reading of one source of a case."""

    source: Source
    reading: Reading

    def as_json(self) -> dict[str, object]:
        return {
            "source": self.source.id,
            "name": self.source.name,
            "claims": [claim.as_json() for claim in self.reading.claims],
            "statements": [one.as_json() for one in self.reading.statements],
            "persons": [dict(person) for person in self.reading.persons],
            "issues": [issue.as_json() for issue in self.reading.issues],
        }


def read_case(
    case: Case,
    *,
    again: bool = False,
    actor: str = "local",
    at: str | None = None,
    is_dry: bool = False,
    watch: Watch = iter,
) -> Iterator[SourceRead]:
    """Read what this reader has not read yet; yield each reading when it is durable.

    Reviews stay with their claims. A claim that somebody confirmed stands even if a newer reader
    does not read it.

    Args:
        case: Its sources with a text are read.
        again: Read also what this version of the reader has read already, for example after
            ``places.csv`` or ``actors.csv`` changed.
        actor: Opaque id of who lets read.
        at: RFC 3339 time; None = now.
        is_dry: Keep nothing.
        watch: Is handed what is to be read and hands it on; for a progress bar.
    """
    at = at or now()
    if not is_dry:
        case.settle(actor=actor, at=at)
    ground = grounds_of_case(case.folder)
    read = case.ledger.readings()
    due = [
        (source, method)
        for source in case.ledger.sources()
        if source.text
        and source.kind != "list"  # who is on a list is linked, not read
        and (method := _method(case, source))
        and (again or read.get(source.id) != method)
    ]
    for source, method in watch(due):
        reading = _read(case, source, ground)
        if not is_dry:
            draft = source_read(
                source.id,
                method=method,
                claims=reading.claims,
                statements=reading.statements,
                entries=[_stub(source, person) for person in reading.persons],
                issues=reading.issues,
            )
            case.ledger.append(draft, actor=actor, at=at)
        yield SourceRead(source, reading)


def _stub(source: Source, person: Mapping[str, object]) -> dict[str, object]:
    """Give a named victim of a text the id and source that the tables keep it by."""
    told = {"source": source.id, **person}
    return {"id": short_id("n", told), **told}


def _method(case: Case, source: Source) -> str:
    try:
        return method_of(case.text_of(source), source.lang or None)
    except NotFound as trouble:
        return f"none ({trouble.code})"


def _read(case: Case, source: Source, ground: Grounds) -> Reading:
    try:
        return read_text(
            case.text_of(source),
            source=source.id,
            published=source.published,
            lang=source.lang or None,
            outlet=source.outlet,
            places=ground.places,
            actors=ground.actors,
        )
    except NotFound as trouble:
        return Reading(issues=(_unread(source, trouble),))


def _unread(source: Source, trouble: NotFound) -> Issue:
    return Issue(
        code="reading.no-lexicon",
        weight="fault",
        where=source.id,
        says=trouble.what,
        then=trouble.then,
    )
