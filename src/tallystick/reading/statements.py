"""Find sayings without a count that accountability needs: who accuses, denies, admits, promises.

A statement is never a figure and enters no bound. Who is accused is taken from the words alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tallystick.reading.clauses import verb_at
from tallystick.reading.items import Item
from tallystick.reading.resolve import Resolver
from tallystick.reading.sayings import Saying
from tallystick.reading.subjects import subject_of
from tallystick.records import Statement
from tallystick.text import Folded

__all__ = ["TELLING_OF_STATEMENTS", "Spoken", "statements_in"]

TELLING_OF_STATEMENTS = frozenset(
    {"accuse", "perpetrate", "disown", "admit", "promise", "finding", "appeal"}
)
_NEAR = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Hold one sentence while statements are looked for in it.

    Args:
        items: Its items.
        folded: The text.
        sayings: Its speakers.
        last: Who spoke last before it.
        resolver: Who turns words into ids.
        published: Day of publication.
        method: Reader and version.
    """

    items: list[Item]
    folded: Folded
    sayings: list[Saying]
    last: Saying | None
    resolver: Resolver
    published: date | None = None
    method: str = ""

    def words(self, start: int, end: int) -> str:
        if start >= end:
            return ""
        quote = self.folded.quote(self.items[start].start, self.items[end - 1].end)
        return " ".join(quote.split()).strip(" ,.;:").removeprefix("both ")

    def subject(self, at: int) -> str:
        """Return the words of the verb's subject; a pronoun means who spoke last."""
        verb = verb_at(self.items, at)
        if verb.is_passive:
            return ""
        found = subject_of(self.items, verb.start)
        if found is None:
            return ""
        if "group" not in self.items[found].tags:
            return self.last.speaker if self.last is not None else ""
        return self.words(found, verb.start)

    def rest(self, at: int) -> int:
        """Return the index at which the clause of this verb ends."""
        for here in range(at + 1, len(self.items)):
            if self.items[here].tags & {"semi", "quote"} or (
                "comma" in self.items[here].tags and here > at + 2
            ):
                return here
        return len(self.items)


def statements_in(sentence: Spoken) -> list[Statement]:
    """Return the statements of one sentence, in order."""
    found: list[Statement] = []
    for at, item in enumerate(sentence.items):
        tag = next((tag for tag in _READERS if tag in item.tags), "")
        if tag and "group" not in item.tags:
            found += [_made(sentence, told, tag) for told in _READERS[tag](sentence, at)]
    return list({statement.id: statement for statement in found}.values())


class _Told:
    """Hold what a reader found: kind, words of the speaker, the accused, and the matter."""

    def __init__(self, kind: str, start: int, end: int, speaker: str, against: str = "") -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.speaker = speaker
        self.against = against
        self.about = ""


def _accusations(sentence: Spoken, at: int) -> list[_Told]:
    """Read “X accused Y of Z”, “Y, whom X has accused of Z”, “X blamed Y for Z”."""
    items = sentence.items
    verb = verb_at(items, at)
    if verb.is_passive or verb.is_infinitive:
        return []
    speaker = subject_of(items, verb.start)
    if speaker is None or "group" not in items[speaker].tags:
        name = sentence.last.speaker if sentence.last and speaker is not None else ""
        first = speaker if speaker is not None else at
    else:
        name, first = sentence.words(speaker, verb.start), speaker
    whom = _whom_before(items, first)
    if whom is not None:
        told = _Told("accusation", whom, sentence.rest(at), name, sentence.words(whom, whom + 1))
    elif at + 1 < len(items) and "group" in items[at + 1].tags:
        end = _end_of_object(items, at + 1)
        told = _Told("accusation", first, sentence.rest(at), name, sentence.words(at + 1, end))
    else:
        return []
    if not name:
        return []
    told.about = _about(sentence, at)
    return [told]


def _whom_before(items: list[Item], first: int) -> int | None:
    """Return the group before “, whom X …”."""
    here = first - 1
    if here < 0 or items[here].word not in ("whom", "who", "that"):
        return None
    here -= 1
    if here >= 0 and "comma" in items[here].tags:
        here -= 1
    return here if here >= 0 and "group" in items[here].tags else None


def _end_of_object(items: list[Item], at: int) -> int:
    here = at + 1
    while (
        here + 1 < len(items)
        and items[here].word in ("of", "and")
        and "group" in items[here + 1].tags
    ):
        if items[here].word == "of" and items[here + 1].tags & {"crime"}:
            break
        here += 2
        break
    return here if here <= len(items) else at + 1


def _about(sentence: Spoken, at: int) -> str:
    items = sentence.items
    if items[at].word.endswith((" of", " having")):
        return sentence.words(at + 1, sentence.rest(at))
    for here in range(at + 1, min(at + 12, len(items))):
        if items[here].word in ("of", "for", "over"):
            return sentence.words(here + 1, sentence.rest(here))
    return ""


def _perpetrations(sentence: Spoken, at: int) -> list[_Told]:
    """Read “X noted that A and B have perpetrated these attacks”: one accusation each."""
    items = sentence.items
    near = items[at + 1 : at + _NEAR]
    crime = any("crime" in item.tags or any("crime" in p.tags for p in item.parts) for item in near)
    verb = verb_at(items, at)
    if not crime or verb.is_passive or verb.is_infinitive:
        return []
    says = [one for one in sentence.sayings if one.speaker and one.at < at]
    if not says:
        return []
    start = _after_that(items, says[-1].at)
    if start >= verb.start:
        return []
    told = []
    for first, end in _members(items, start, verb.start):
        one = _Told("accusation", says[-1].first, sentence.rest(at), says[-1].speaker)
        one.against = sentence.words(first, end)
        one.about = sentence.words(at + 1, sentence.rest(at))
        told.append(one)
    return told


def _after_that(items: list[Item], at: int) -> int:
    here = at + 1
    while here < len(items) and items[here].word in ("that", "both", "comma"):
        here += 1
    return here


def _members(items: list[Item], start: int, end: int) -> list[tuple[int, int]]:
    """Split “A of X and B” into its members."""
    members: list[tuple[int, int]] = []
    first = start
    for here in range(start, end):
        if items[here].word == "and" and here + 1 < end:
            members.append((first, here))
            first = here + 1
    if first < end:
        members.append((first, end))
    return members


def _promises(sentence: Spoken, at: int) -> list[_Told]:
    items = sentence.items
    inquiry = next(
        (i for i in range(at + 1, min(at + _NEAR, len(items))) if _is_inquiry(items[i])), None
    )
    if inquiry is None:
        return []
    speaker = sentence.subject(at)
    if not speaker:
        return []
    told = _Told("commitment", _first(items, at), sentence.rest(at), speaker)
    told.about = sentence.words(at + 1, sentence.rest(at))
    return [told]


def _is_inquiry(item: Item) -> bool:
    return "inquiry" in item.tags or any("inquiry" in part.tags for part in item.parts)


def _first(items: list[Item], at: int) -> int:
    found = subject_of(items, verb_at(items, at).start)
    return found if found is not None else at


def _plain(kind: str) -> Callable[[Spoken, int], list[_Told]]:
    def read(sentence: Spoken, at: int) -> list[_Told]:
        items = sentence.items
        verb = verb_at(items, at)
        if verb.is_passive or verb.is_infinitive or verb.is_negated:
            return []
        speaker = sentence.subject(at)
        if not speaker or at + 1 >= len(items) or not _stands_right_before(items, verb.start):
            return []
        told = _Told(kind, _first(items, at), sentence.rest(at), speaker)
        told.about = sentence.words(at + 1, sentence.rest(at))
        return [told] if told.about else []

    return read


def _stands_right_before(items: list[Item], start: int) -> bool:
    """Tell a verb from a noun: “the office calls for”, not “its calls for”."""
    if start == 0 or items[start - 1].group is None:
        return start > 0 and bool(items[start - 1].tags & {"pron", "rel", "and", "comma", "anon"})
    group = items[start - 1].group
    assert group is not None
    return group.names > 0 or group.is_person or not items[start].word.startswith("calls ")


_READERS = {
    "accuse": _accusations,
    "perpetrate": _perpetrations,
    "promise": _promises,
    "disown": _plain("denial"),
    "admit": _plain("admission"),
    "finding": _plain("finding"),
    "appeal": _plain("appeal"),
}


def _made(sentence: Spoken, told: _Told, tag: str) -> Statement:
    items, folded, resolver = sentence.items, sentence.folded, sentence.resolver
    end = min(max(told.end, told.start + 1), len(items))
    start, stop = folded.span(items[told.start].start, items[end - 1].end)
    return Statement(
        source=resolver.source,
        published=sentence.published,
        span=(start, stop),
        quote=folded.text[start:stop],
        kind=told.kind,  # type: ignore[arg-type]  # one of those above
        speaker_words=told.speaker,
        speaker=resolver.teller(told.speaker, is_anonymous=False),
        about=told.about,
        against_words=told.against,
        against=resolver.actor(told.against),
        method=f"{sentence.method}:statement-{tag}",
    )
