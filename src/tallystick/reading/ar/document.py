"""Read an Arabic document sentence by sentence: every step of this grammar, in order."""

from __future__ import annotations

from datetime import date

from tallystick.reading.ar.dates import with_dates
from tallystick.reading.ar.frames import drafts_of_harms
from tallystick.reading.ar.groups import with_groups
from tallystick.reading.ar.lexicon import arabic_words
from tallystick.reading.ar.numbers import with_numbers
from tallystick.reading.ar.parts import subsets_of, tolls_of, zeros_of
from tallystick.reading.ar.places import Locative, locate, locatives_of
from tallystick.reading.ar.sayings import Saying, attribute, sayings_of
from tallystick.reading.ar.scopes import date_drafts, judged, name_actors
from tallystick.reading.ar.statements import dated, statements_in
from tallystick.reading.ar.words import sentences_of
from tallystick.reading.document import Document
from tallystick.reading.drafts import Draft, Seen
from tallystick.reading.items import Item
from tallystick.reading.lexicon import Lexicon
from tallystick.reading.resolve import Resolver
from tallystick.text import Folded

__all__ = ["arabic_document"]

_TELLING = frozenset(
    {"harm", "state", "toll", "say", "found", "accuse", "promise", "appeal", "finding", "admit"}
)


def arabic_document(
    folded: Folded, lexicon: Lexicon, published: date | None, resolver: Resolver
) -> Document:
    """Read every sentence that tells of harm; ``lexicon`` is the Arabic one."""
    document, words = Document(), arabic_words()
    last: Saying | None = None
    for number, sentence in enumerate(sentences_of(folded, words, resolver.knows)):
        if not any(item.tags & _TELLING for item in sentence):
            continue
        items = with_groups(with_dates(with_numbers(sentence, words), published))
        drafts, rejected = _figures(items, number, document.drafts)
        sayings = sayings_of(items, folded, words)
        places: list[Locative] = []
        if drafts:
            date_drafts(items, drafts, sayings)
            places = locatives_of(items, folded, resolver.knows)
            locate(items, drafts, places)
            name_actors(items, folded, drafts)
            _note(items, drafts)
        last = attribute(items, drafts, sayings, last)
        seen = Seen(items, places, sayings)
        for draft in drafts:
            draft.seen = seen
        statements = statements_in(items, folded, words, last, resolver)
        document.statements += dated(statements, published, lexicon.method)
        document.drafts += drafts
        document.rejected += rejected
    return document


def _figures(
    items: list[Item], sentence: int, told: list[Draft]
) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    drafts = drafts_of_harms(items, sentence)
    drafts += tolls_of(items, drafts)
    drafts += zeros_of(items, drafts)
    drafts += subsets_of(items, drafts, told)
    for draft in drafts:
        draft.sentence = sentence
    kept, rejected = judged(items, drafts)
    return sorted(kept, key=lambda draft: (draft.span, draft.kind)), rejected


def _note(items: list[Item], drafts: list[Draft]) -> None:
    """Note what holds for the whole sentence: another incident, so far."""
    for name, tag in (("separate", "separate"), ("so_far", "so_far")):
        if any(tag in item.tags for item in items):
            for draft in drafts:
                draft.notes.append(name)
