"""Read the figures of one text: every step of the room, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tallystick.reading.algebra import settled
from tallystick.reading.ar import arabic_document
from tallystick.reading.claims import claims_of
from tallystick.reading.document import drafts_in_document
from tallystick.reading.doubts import without_doubtful
from tallystick.reading.explain import Explanation, explained
from tallystick.reading.lexicon import lexicon_of
from tallystick.reading.nesting import nest
from tallystick.reading.resolve import Resolver
from tallystick.reading.totals import totals_of
from tallystick.records import Claim, Issue, Statement
from tallystick.terms import Actors, Places
from tallystick.text import fold, language_of

__all__ = ["Reading", "read_text"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what was read out of one text.

    Args:
        claims: One for each figure, in the order of the text.
        statements: Accusations, denials, admissions, promised inquiries, appeals.
        persons: Named victims, as stubs for linking: name, age, relation, span.
        issues: What could not be read or resolved.
        totals: ``kind`` and ``kind@category`` → [lo, hi].
        explanation: Why it was read so; None unless it was asked for.
    """

    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    persons: tuple[Mapping[str, object], ...] = ()
    issues: tuple[Issue, ...] = ()
    totals: Mapping[str, list[int]] = field(default_factory=dict)
    explanation: Explanation | None = None


def read_text(  # noqa: PLR0913 - what a source is and whom it may mean: each stands alone
    text: str,
    *,
    source: str = "",
    published: date | None = None,
    lang: str | None = None,
    outlet: str = "",
    places: Places | None = None,
    actors: Actors | None = None,
    category: str = "",
    explain: bool = False,
) -> Reading:
    """Read a text.

    Args:
        text: The preserved text; spans count its code points.
        source: Id of the source.
        published: Its day of publication; relative dates count from it.
        lang: en, ar, es or fr; by its script and small words if not given.
        outlet: Who published it: the teller of what it attributes to nobody.
        places: Gazetteer; the built-in one if not given.
        actors: Tellers and sides; the built-in ones if not given.
        category: Limit the plain totals to these people.
        explain: Tell rules, slots and what was passed over too.
    """
    folded = fold(text)
    lexicon = lexicon_of(lang or language_of(text))
    resolver = Resolver(
        source, outlet, places or Places.builtin(), actors or Actors.builtin(), lexicon.lang
    )
    read_document = arabic_document if lexicon.lang == "ar" else drafts_in_document
    document = read_document(folded, lexicon, published, resolver)
    sound = without_doubtful(document.drafts, folded, resolver)
    drafts, merged = settled(sound)
    nest(drafts, folded, resolver)
    told = claims_of(drafts, folded, resolver, published=published, method=lexicon.method)
    totals, shown = totals_of(drafts, lexicon, category)
    why = None
    if explain:
        why = explained(told, document.rejected + merged, shown, folded)
    return Reading(
        claims=tuple({claim.id: claim for _, claim in told}.values()),
        statements=tuple(document.statements),
        persons=tuple(document.persons),
        issues=tuple(resolver.issues),
        totals=totals,
        explanation=why,
    )
