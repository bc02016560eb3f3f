"""Find who says so, in Arabic: “قالت المنظمة إن”, “بحسب المرصد”, “نقلت وكالة عن …”, “المرصد: …”.

The origin of a figure is who counted; who only passes it on is ``via``. A verb of saying without
a subject (“وأضاف أن”) means who spoke last.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.reading.ar.lexicon import Words
from tallystick.reading.drafts import Draft
from tallystick.reading.items import Item
from tallystick.text import Folded

__all__ = ["Saying", "attribute", "sayings_of"]

_ENDS = frozenset(
    {"comma", "semi", "colon", "open", "close", "quote", "sub", "harm", "say", "num", "quantity",
     "date", "relative", "subset", "according", "citing", "rise", "toll", "that", "deny", "hedge",
     "slash", "dash", "fall", "vague", "further", "found", "undergo", "force"}
)  # fmt: skip
_AGENCIES = ("وكال", "صحيف", "قنا", "موقع", "رادي", "اذاع", "شبك", "جريد", "تلفزيون", "مراسل")
_LONGEST = 9
_NO_NAMES = frozenset({"ذلك", "هذا", "هذه", "تلك"})


@dataclass(slots=True)
class Saying:
    """Hold one speaker of a sentence: words, where, who relays, and whether nobody is named."""

    speaker: str
    at: int
    end: int
    via: str = ""
    is_anonymous: bool = False
    is_pronoun: bool = False
    is_according: bool = False
    accused: str = ""


def sayings_of(items: list[Item], folded: Folded, words: Words) -> list[Saying]:
    """Return the speakers of one sentence, in order."""
    found: list[Saying] = []
    at = 0
    while at < len(items):
        made = _saying_at(items, at, folded, words, found)
        if made is not None:
            found.append(made)
            at = max(at + 1, made.end)
        else:
            at += 1
    return found


def _saying_at(
    items: list[Item], at: int, folded: Folded, words: Words, found: list[Saying]
) -> Saying | None:
    item = items[at]
    made: Saying | None = None
    if "group" in item.tags:
        pass
    elif "relay" in item.tags:
        made = _relayed(items, at, folded)
    elif "according" in item.tags:
        made = _according(items, at, folded, words)
    elif "citing" in item.tags and item.word != "عن":
        made = _citing(items, at, folded, found)
    elif "say" in item.tags or _says_it(item, words):
        made = _said(items, at, folded)
    elif "further" in item.tags:
        made = Saying("", at, at + 1, is_pronoun=True)
    elif "colon" in item.tags:
        made = _headline(items, at, folded)
    return made


def _citing(items: list[Item], at: int, folded: Folded, found: list[Saying]) -> Saying | None:
    """Read “نقلاً عن X”: who spoke before passes it on."""
    made = _named(items, at + 1, at, folded)
    if made is not None and found:
        made.via = found.pop().speaker
    return made


def _relayed(items: list[Item], at: int, folded: Folded) -> Saying | None:
    """Read “نقلت وكالة كذا عن وزارة كذا”."""
    via = _named(items, at + 1, at, folded)
    if via is None:
        return None
    here = via.end
    if here < len(items) and items[here].word == "عن":
        origin = _named(items, here + 1, at, folded)
        if origin is not None:
            origin.via = via.speaker
            return origin
    return via


def _according(items: list[Item], at: int, folded: Folded, words: Words) -> Saying | None:
    """Read “بحسب X”, “وفق ما أعلنته X”, “كما أفاد به X”; “كما” alone names nobody."""
    here = at + 1
    said = False
    while here < len(items) and here - at < 5:
        item = items[here]
        if "say" in item.tags or _says_it(item, words):
            said = True
        elif (
            item.word not in ("ما", "به", "بها", "ل", "عنه", "عنها", "في") and "to" not in item.tags
        ):
            break
        here += 1
    if items[at].word in ("كما", "علي ما") and not said:
        return None
    made = _named(items, here, at, folded)
    if made is not None:
        made.is_according = True
    return made


def _says_it(item: Item, words: Words) -> bool:
    """Know “أعلنته”, “ذكره”: a verb of saying with its object written on."""
    if item.tags != frozenset({"word"}) or not item.word.endswith(("ه", "ها")):
        return False
    entry = words.words.get(item.word.removesuffix("ا").removesuffix("ه"))
    return entry is not None and "say" in entry.tags


def _said(items: list[Item], at: int, folded: Folded) -> Saying | None:
    after = _named(items, at + 1, at, folded)
    if after is not None and "accuse" in items[at].tags:
        return _accusing(items, at, after, folded)
    if after is not None:
        _take_told(items, after, folded)
        return after
    before = _subject_before(items, at, folded)
    if before is not None:
        return before
    follows = items[at + 1] if at + 1 < len(items) else None
    if follows is not None and "that" in follows.tags:
        return Saying("", at, at + 1, is_pronoun=True)
    return None


def _accusing(items: list[Item], at: int, both: Saying, folded: Folded) -> Saying:
    """Part “اتهم المرصد قوات الأمن” into who says so and whom he accuses."""
    first = at + 1
    split = next((i for i in _until_pause(items, first + 1) if _may_be_accused(items, i)), None)
    if split is None:
        return both
    last = min(split, both.end)
    accused = both if split < both.end else _named(items, split, at, folded)
    both.end = _before_charge(items, split, accused.end if accused is not None else both.end)
    both.speaker = " ".join(folded.quote(items[first].start, items[last - 1].end).split())
    both.accused = " ".join(folded.quote(items[split].start, items[both.end - 1].end).split())
    return both


def _before_charge(items: list[Item], start: int, end: int) -> int:
    """Return where the accused end: before an unknown word with “of” written on it."""
    for here in range(start + 1, end):
        if items[here].word.startswith("ب") and items[here].tags == frozenset({"word"}):
            return here
    return end


def _until_pause(items: list[Item], start: int) -> range:
    end = start
    while end < min(len(items), start + _LONGEST) and not items[end].tags & {
        "comma",
        "that",
        "harm",
    }:
        end += 1
    return range(start, end)


def _may_be_accused(items: list[Item], at: int) -> bool:
    """Say whether another name begins: a known body or people, or a noun after a definite one."""
    item = items[at]
    if "body" in item.tags or item.group is not None:
        return True
    before = items[at - 1].word.startswith("ال") or "the" in items[at - 1].tags
    return (
        before
        and not item.word.startswith("ال")
        and "the" not in item.tags
        and (not item.tags & {"prep", "to", "and", "from"})
    )


def _take_told(items: list[Item], saying: Saying, folded: Folded) -> None:
    """Read “قال متحدث لوكالة كذا إن”: the agency passes it on."""
    here = saying.end
    if (
        here + 1 < len(items)
        and items[here].word == "ل"
        and items[here + 1].word.removeprefix("ال").startswith(_AGENCIES)
    ):
        told = _named(items, here + 1, here, folded)
        if told is not None:
            saying.via, saying.end = told.speaker, told.end


def _named(items: list[Item], start: int, at: int, folded: Folded) -> Saying | None:
    """Return the name that begins here: nouns, with what “ل”, “في”, “باسم” hang on to them."""
    while (
        start < len(items)
        and items[start].tags & {"date", "adverb"}
        and "harm" not in items[start].tags
    ):
        start += 1
    end = start
    while end < len(items) and end - start < _LONGEST and _belongs(items, end, start):
        end += 1
    if end == start:
        return None
    speaker = folded.quote(items[start].start, items[end - 1].end)
    saying = Saying(" ".join(speaker.split()), at, end)
    saying.is_anonymous = _is_nobody(items[start:end])
    return saying


def _belongs(items: list[Item], at: int, start: int) -> bool:
    """Say whether a word goes on with the name that begins at ``start``."""
    item = items[at]
    if item.group is not None:
        return item.group.number is None and item.group.state is None
    if item.tags & {"prep", "prep-place", "to", "and", "from", "so"}:
        return at > start and _goes_on(items, at)
    if item.word in _NO_NAMES or (at > start and "other" in item.tags):
        return False
    return not item.tags & _ENDS or "anon" in item.tags


def _goes_on(items: list[Item], at: int) -> bool:
    """Say whether a particle inside a name goes on with it: “لحقوق الإنسان”, “باسم الجيش”."""
    if at + 1 >= len(items):
        return False
    word, follows = items[at].word, items[at + 1]
    if follows.tags & _ENDS or follows.word in ("ان", "بان"):
        return False
    if word == "ل":
        return not follows.word.removeprefix("ال").startswith(_AGENCIES)
    return (word in ("باسم", "في", "لدي") and follows.group is None) or (
        word == "و" and "the" in follows.tags and "harm" not in follows.tags
    )


def _is_nobody(items: list[Item]) -> bool:
    first = items[0]
    parts = first.parts or [first]
    return ("anon" in parts[0].tags and "the" not in parts[0].tags) or first.word.startswith("مصدر")


def _subject_before(items: list[Item], at: int, folded: Folded) -> Saying | None:
    """Read “وزارة الصحة تعلن مقتل …”, “… , المرصد قال”."""
    start = at
    while start > 0 and at - start < _LONGEST:
        item = items[start - 1]
        if item.tags & (_ENDS | {"and", "not"}) and "group" not in item.tags:
            break
        if item.group is not None and (item.group.number is not None or item.group.state):
            return None
        if "harm" in item.tags:
            return None
        start -= 1
    while start < at and items[start].tags & {"prep", "be", "adverb"}:
        start += 1
    if start == at or (start > 0 and items[start - 1].tags & {"num", "harm"}):
        return None
    speaker = folded.quote(items[start].start, items[at - 1].end)
    return Saying(
        " ".join(speaker.split()), start, at + 1, is_anonymous=_is_nobody(items[start:at])
    )


def _headline(items: list[Item], at: int, folded: Folded) -> Saying | None:
    """Read “المرصد السوري: 12 قتيلاً”: a short name before a colon speaks."""
    made = _named(items, 0, 0, folded) if 0 < at <= _LONGEST else None
    if made is None or made.end != at or items[0].tags & {"prep", "place-kind", "other", "thing"}:
        return None
    return made


def attribute(
    items: list[Item], drafts: list[Draft], sayings: list[Saying], last: Saying | None
) -> Saying | None:
    """Set the speaker of each draft; return who a verb without subject means next."""
    for draft in drafts:
        chosen = _choose(items, draft, sayings)
        if chosen is not None and chosen.is_pronoun:
            named_before = [one for one in sayings if one.at < chosen.at and one.speaker]
            chosen = named_before[-1] if named_before else last
        if chosen is not None and not draft.speaker:
            draft.speaker, draft.via = chosen.speaker, chosen.via
            if chosen.accused and draft.at > chosen.at and not draft.actor:
                draft.actor = chosen.accused
            if chosen.is_anonymous:
                draft.notes.append("anonymous")
    named = [saying for saying in sayings if not saying.is_pronoun]
    return named[-1] if named else last


def _choose(items: list[Item], draft: Draft, sayings: list[Saying]) -> Saying | None:
    segment = _segment(items, draft.at)
    near = [saying for saying in sayings if _segment(items, saying.at) == segment]
    before = [saying for saying in near if saying.at < draft.at]
    after = [saying for saying in near if saying.at > draft.at]
    after = [saying for saying in after if _reaches(items, draft, saying)]
    according = [saying for saying in after if saying.is_according or saying.via]
    if before and according and not any(saying.at > before[-1].at for saying in before):
        told = according[0]
        if before[-1].speaker and not told.via and told.at - draft.at < 25:
            told.via = before[-1].speaker
        return told
    if before:
        return before[-1]
    return after[0] if after else None


def _reaches(items: list[Item], draft: Draft, saying: Saying) -> bool:
    """Say whether an aside “كما ذكر X” stands right behind its figure."""
    return items[saying.at].word != "كما" or saying.at - draft.at <= 2


def _segment(items: list[Item], at: int) -> int:
    return sum("semi" in item.tags for item in items[:at])
