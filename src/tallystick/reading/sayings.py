"""Find who says so: “according to X”, “X said”, “Y, citing X”, “X told Y”.

The origin of a figure is who counted; who only passes it on is ``via``. Nothing is carried over
into the next sentence but by a pronoun (“he added”) or an open quotation.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.reading.clauses import is_name, segment_of, verb_at
from tallystick.reading.drafts import Draft
from tallystick.reading.items import Item
from tallystick.reading.subjects import subject_of
from tallystick.text import Folded

__all__ = ["Saying", "attribute", "sayings_of"]

_JOINS = frozenset(
    {
        "of",
        "for",
        "in",
        "and",
        "de",
        "del",
        "des",
        "du",
        "la",
        "los",
        "las",
        "to",
        "on",
        "from",
        "at",
    }
)


@dataclass(slots=True)
class Saying:
    """Hold one speaker of a sentence.

    Args:
        speaker: The words that name who says so, without article.
        via: The words for who passes it on; empty if nobody.
        at: Index of the verb or of “according to”.
        first: Index at which the speaker's words begin.
        is_anonymous: Whether the words name nobody in particular.
        is_aside: Whether it stands in an aside (“, as rebels claim,”).
        is_pronoun: Whether only a pronoun stands there.
        segment: Number of its part between semicolons.
        verb: The verb of saying, as the lexicon names it.
        accused: Whom the speaker blames for what follows, or himself if he owns it.
    """

    speaker: str
    at: int
    first: int
    via: str = ""
    is_anonymous: bool = False
    is_aside: bool = False
    is_pronoun: bool = False
    segment: int = 0
    verb: str = ""
    accused: str = ""


def sayings_of(items: list[Item], folded: Folded, drafts: list[Draft]) -> list[Saying]:
    """Return the speakers of one sentence."""
    victims = {draft.at for draft in drafts}
    found: list[Saying] = []
    for at, item in enumerate(items):
        saying: Saying | None = None
        if "according" in item.tags:
            saying = _after(items, at, folded)
        elif "citing" in item.tags:
            saying = _citing(items, at, folded, found)
        elif "say" in item.tags and "group" not in item.tags and not _is_realm(item):
            saying = _before(items, at, folded, victims)
        if saying is not None:
            saying.segment = segment_of(items, at)
            found.append(saying)
    return [saying for saying in found if not _is_relayer(saying, found)]


def _is_realm(item: Item) -> bool:
    """Tell the State from “state”."""
    return item.word == "state" and item.is_capital


def _after(items: list[Item], at: int, folded: Folded) -> Saying | None:
    start = at + 1
    end = _end_of_name(items, start)
    if end == start:
        return None
    return _saying(items, start, end, at, folded)


def _end_of_name(items: list[Item], start: int) -> int:
    """Walk over a name with its complements: “Syrian Observatory for Human Rights”."""
    at = start
    while at < len(items):
        tags = items[at].tags
        if "group" in tags or (
            tags
            & {"name", "word", "person", "adj", "gen", "the", "anon", "place-kind", "thing", "say"}
            and not tags & {"comma", "be"}
        ):
            at += 1
        elif (
            at > start
            and items[at].word in _JOINS
            and at + 1 < len(items)
            and _is_name(items[at + 1])
        ):
            at += 2
        else:
            break
        if at - start > 8:
            break
    return at


def _is_name(item: Item) -> bool:
    return "group" in item.tags or "name" in item.tags or item.is_capital


def _saying(items: list[Item], start: int, end: int, at: int, folded: Folded) -> Saying:
    first, last = items[start], items[end - 1]
    while end - start > 1 and items[start].tags & {"the", "a"} and "group" not in items[start].tags:
        start += 1
        first = items[start]
    words = folded.quote(first.start, last.end).strip(" ,.")
    for article in (
        "the ",
        "The ",
        "THE ",
        "a ",
        "A ",
        "an ",
        "An ",
        "la ",
        "La ",
        "el ",
        "El ",
        "l'",
        "L'",
        "l’",
        "L’",
    ):
        if words.startswith(article) and not (article in ("El ", "La ") and folded.text.istitle()):
            words = words[len(article) :]
            break
    return Saying(words, at, start, is_anonymous=_names_nobody(items[start:end]))


def _names_nobody(items: list[Item]) -> bool:
    if any(item.is_capital and "anon" not in item.tags and _inner_capital(item) for item in items):
        return False
    group = items[0].group
    if "anon" in items[0].tags or any("anon" in part.tags for part in items[0].parts):
        return True
    return group is not None and group.det in ("a", "bare", "num") and not group.names


def _inner_capital(item: Item) -> bool:
    return (
        any(part.is_capital and part.tags & {"name"} for part in item.parts) or "name" in item.tags
    )


def _before(items: list[Item], at: int, folded: Folded, victims: set[int]) -> Saying | None:
    """Read “X said”, “X told Y”; a passive verb names nobody."""
    verb = verb_at(items, at)
    takes_lives = (
        at + 1 < len(items) and _is_told_of(items[at + 1]) and items[at].can("claim-lives")
    )
    tells_of = verb.start == at and at > 0 and _is_told_of(items[at - 1])
    if verb.is_passive or verb.is_infinitive or takes_lives or tells_of:
        return None
    subject = _speaker_before(items, verb.start)
    if subject is None or subject in victims:
        return _inverted(items, at, folded)
    if "anon" in items[subject].tags and "group" not in items[subject].tags:
        return _saying(items, subject, subject + 1, at, folded)
    group = items[subject].group
    if group is None:
        return Saying("", at, subject, is_pronoun="pron" in items[subject].tags)
    if group.state is not None or (group.is_thing and not group.head):
        return None
    end = min(_end_of_name(items, subject), verb.start)
    return _said_by(items, subject, max(subject + 1, end), at, folded)


def _said_by(items: list[Item], subject: int, end: int, at: int, folded: Folded) -> Saying:
    saying = _saying(items, subject, end, at, folded)
    saying.verb = items[at].entry.mark
    saying.accused = _accused(items, at, folded, saying)
    saying.is_aside = subject > 0 and items[subject - 1].word in ("as", "como", "comme")
    told = items[at + 1] if at + 1 < len(items) else None
    is_told = told is not None and told.group is not None and "told" in items[at].tags
    if is_told and told and (is_name(told) or told.is_capital):
        saying.via = folded.quote(told.start, told.end)
    return saying


def _accused(items: list[Item], at: int, folded: Folded, saying: Saying) -> str:
    """Return whom “X blamed Y for …” names, or X in “X said it was behind …”."""
    if at + 1 >= len(items):
        return ""
    after = items[at + 1]
    if items[at].entry.mark in ("blame", "accuse") and after.group is not None:
        return folded.quote(after.start, after.end)
    owns = any("perpetrate" in item.tags for item in items[at + 1 : at + 5])
    return saying.speaker if owns and "pron" in after.tags else ""


def _is_told_of(item: Item) -> bool:
    """Say whether “reported” only tells of what stands before it: “1,200 deaths reported”."""
    group = item.group
    return group is not None and (
        group.state is not None or (group.is_thing and group.number is not None)
    )


def _speaker_before(items: list[Item], start: int) -> int | None:
    here = start - 1
    while here >= 0 and items[here].tags & {"adverb"}:
        here -= 1
    if (
        here >= 0
        and ("anon" in items[here].tags or "pron" in items[here].tags)
        and "group" not in items[here].tags
    ):
        return here
    if here >= 0 and "date" in items[here].tags:
        return None
    if here == start - 1 and here > 0 and items[here].group is not None and _with(items[here - 1]):
        return here
    return subject_of(items, start)


def _with(item: Item) -> bool:
    """Say whether “with” opens an absolute clause: “with the office noting that …”."""
    return item.word in ("with", "con", "avec")


def _inverted(items: list[Item], at: int, folded: Folded) -> Saying | None:
    """Read “…, said X” and “…, denunció la gobernación”."""
    if at + 1 < len(items) and at > 0 and items[at - 1].tags & {"comma", "quote"}:
        item = items[at + 1]
        if "group" in item.tags:
            return _saying(items, at + 1, max(at + 2, _end_of_name(items, at + 1)), at, folded)
    return None


def _citing(items: list[Item], at: int, folded: Folded, found: list[Saying]) -> Saying | None:
    saying = _after(items, at, folded)
    if saying is None:
        return None
    before = [i for i in range(at) if "group" in items[i].tags]
    if before and items[at].entry.mark == "citing":
        relayer = _saying(items, before[-1], before[-1] + 1, at, folded)
        saying.via = relayer.speaker
    elif found:
        saying.via = found[-1].speaker
    return saying


def _is_relayer(saying: Saying, found: list[Saying]) -> bool:
    return any(other.via and other.via == saying.speaker for other in found if other is not saying)


def attribute(
    items: list[Item], drafts: list[Draft], sayings: list[Saying], last: Saying | None
) -> Saying | None:
    """Set the speaker of each draft; return the speaker that a pronoun may mean next."""
    for draft in drafts:
        chosen = _choose(items, draft, sayings)
        if chosen is not None and chosen.is_pronoun:
            chosen = last
        if chosen is not None and not draft.speaker:
            draft.speaker, draft.via = chosen.speaker, chosen.via
            if chosen.accused and not draft.actor and draft.at > chosen.at:
                draft.actor = chosen.accused
            if chosen.is_anonymous:
                draft.notes.append("anonymous")
            if chosen.verb in _COUNTING:
                draft.notes.append("counted")
    named = [saying for saying in sayings if not saying.is_pronoun]
    return named[-1] if named else last if sayings else None


# Who does this gives a stock: all that was found until now.
_COUNTING = frozenset({"document", "record", "count", "register", "tally", "verify"})


def _choose(items: list[Item], draft: Draft, sayings: list[Saying]) -> Saying | None:
    segment = segment_of(items, draft.at)
    near = [saying for saying in sayings if saying.segment == segment] or [
        saying for saying in sayings if not saying.is_aside and len(sayings) == 1
    ]
    asides = [saying for saying in near if saying.is_aside and draft.at < saying.first]
    if asides and not any(
        other.first > draft.at and other.first < asides[0].first
        for other in near
        if other is not asides[0]
    ):
        between = items[draft.at + 1 : asides[0].first]
        if len(between) <= 3:
            return asides[0]
    plain = [saying for saying in near if not saying.is_aside]
    if not plain:
        return None
    return min(plain, key=lambda saying: (abs(saying.at - draft.at), saying.at))
