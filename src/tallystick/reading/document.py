"""Read a document sentence by sentence: figures, and the scopes that hold around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tallystick.reading.clauses import is_name
from tallystick.reading.dates import with_dates
from tallystick.reading.drafts import Draft, Seen
from tallystick.reading.groups import with_groups
from tallystick.reading.items import Item
from tallystick.reading.lexicon import Lexicon
from tallystick.reading.persons import persons_in
from tallystick.reading.places import Locative, locate, locatives_of, spread_places
from tallystick.reading.quantities import with_numbers
from tallystick.reading.resolve import Resolver
from tallystick.reading.sayings import Saying, attribute, sayings_of
from tallystick.reading.sentence import TELLING, drafts_in
from tallystick.reading.statements import TELLING_OF_STATEMENTS, Spoken, statements_in
from tallystick.reading.tokens import sentences_of
from tallystick.reading.when import date_drafts
from tallystick.records import Statement
from tallystick.text import Folded

__all__ = ["Document", "drafts_in_document"]


@dataclass(slots=True)
class Document:
    """Hold what the sentences of a document gave.

    Args:
        drafts: Figures, in order.
        rejected: Figures that are no claims, with the reason.
        statements: Sayings without a count.
        persons: Named victims, as stubs.
    """

    drafts: list[Draft] = field(default_factory=list)
    rejected: list[tuple[Draft, str]] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    persons: list[dict[str, object]] = field(default_factory=list)


_NOTHING_SAID: frozenset[str] = frozenset()
_WANTED = TELLING | TELLING_OF_STATEMENTS
_SAYING = frozenset({"according", "citing", "say"})


def drafts_in_document(
    folded: Folded, lexicon: Lexicon, published: date | None, resolver: Resolver
) -> Document:
    """Read every sentence that tells of harm, and the statements of the others."""
    document = Document()
    last: Saying | None = None
    for number, words in enumerate(sentences_of(folded, lexicon, _WANTED)):
        said = _NOTHING_SAID.union(*[item.tags for item in words])
        if _WANTED.isdisjoint(said):
            continue
        items = with_groups(with_dates(with_numbers(words, lexicon), published))
        items = _without_dateline(items)
        drafts, rejected = drafts_in(items, number, said)
        sayings = [] if _SAYING.isdisjoint(said) else sayings_of(items, folded, drafts)
        places = _scope(items, folded, drafts) if drafts else []
        if not drafts and "harm" in said:
            spread_places(items, folded, document.drafts, number)
        seen = Seen(items, places, sayings)
        for draft in drafts:
            draft.seen = seen
        last = attribute(items, drafts, sayings, last)
        document.persons += persons_in(items, drafts, folded, resolver)
        document.drafts += drafts
        document.rejected += rejected
        if not TELLING_OF_STATEMENTS.isdisjoint(said):
            document.statements += statements_in(
                Spoken(
                    items=items,
                    folded=folded,
                    sayings=sayings,
                    last=last,
                    resolver=resolver,
                    published=published,
                    method=lexicon.method,
                )
            )
    return document


def _without_dateline(items: list[Item]) -> list[Item]:
    """Leave out “BEIRUT - ”: where a report was written is no place of the harm, and no teller."""
    has_dash = len(items) > 2 and "dash" in items[1].tags and items[1].tags != {"dash"}
    return items[2:] if has_dash and is_name(items[0]) else items


def _scope(items: list[Item], folded: Folded, drafts: list[Draft]) -> list[Locative]:
    """Set days, places and doers of the figures of a sentence; return the places it names."""
    date_drafts(items, drafts)
    locatives = locatives_of(items, folded)
    locate(items, drafts, locatives, folded)
    said = _NOTHING_SAID.union(*[item.tags for item in items])
    notes = [note for note in ("separate", "so_far") if note in said]
    for draft in drafts:
        draft.notes += notes
        _name_actor(items, folded, draft)
    return locatives


def _name_actor(items: list[Item], folded: Folded, draft: Draft) -> None:
    """Take the words for who did it, only where a frame says so of people or a body."""
    for note in draft.notes:
        if not note.startswith("actor:"):
            continue
        item = items[int(note.removeprefix("actor:"))]
        group = item.group
        if group is None or group.is_thing:
            continue
        named = any("name" in part.tags and part.is_capital for part in item.parts)
        if group.is_person or group.det == "name" or named:
            draft.actor = folded.quote(item.start, item.end)
