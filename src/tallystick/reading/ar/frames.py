"""Find who was harmed in Arabic: the verb before its victims, the nominal, the counted noun.

“قُتل 18 شخصاً”, “مقتل طفلين”, “340 قتيلاً”, “لقي خمسة مصرعهم”: the victims follow the word for the
harm. What stands between the verb and a counted group is who did it, never a victim.
"""

from __future__ import annotations

from tallystick.reading.ar.found import (
    ENDS,
    Found,
    drafts_of,
    found_of,
    is_governed,
    list_from,
    may_suffer,
)
from tallystick.reading.ar.states import bodies_of, counted_nouns, is_body
from tallystick.reading.drafts import Draft
from tallystick.reading.items import Item

__all__ = ["drafts_of_harms"]

_FAR = 12
_REACHES = frozenset({"طالت", "شملت", "طاولت", "طال", "شمل"})


def drafts_of_harms(items: list[Item], sentence: int) -> list[Draft]:
    """Return the drafts of the harm words and counted nouns of one sentence."""
    found: list[Found] = []
    for at, item in enumerate(items):
        if "harm" in item.tags and "group" not in item.tags:
            one = _harm(items, at)
            if one is not None:
                found.append(one)
        elif item.tags & {"undergo", "force"}:
            found += _undergone(items, at)
        elif "found" in item.tags or is_body(item):
            found += bodies_of(items, at)
    found = _shared(found)
    found += counted_nouns(items, found)
    drafts = [draft for one in found for draft in drafts_of(items, one)]
    for draft in drafts:
        draft.sentence = sentence
    return sorted(drafts, key=lambda draft: (draft.at, draft.verb))


def _harm(items: list[Item], at: int) -> Found | None:
    entry = items[at].entry
    if "noun-of" in entry.forms:
        return _of_those_before(items, at)
    is_verb = entry.forms & {"past"} and not (
        at and items[at - 1].tags & {"prep", "prep-place", "to", "other", "unreal", "background"}
    )
    if entry.forms & {"noun"} and not is_verb:
        nominal = _nominal(items, at)
        if nominal is not None or not entry.forms & {"past"}:
            return nominal
    if entry.forms & {"past", "present"} and not _is_particle(items, at):
        if items[at].word.endswith("وا"):
            return _verb_last(items, at) or _verbal(items, at)
        return _verbal(items, at) or _verb_last(items, at)
    return None


def _of_those_before(items: list[Item], at: int) -> Found | None:
    """Read “93 مدنياً وُثّق مقتلهم”: the pronoun means those counted before."""
    here = at - 1
    while (
        here >= 0 and at - here < 6 and not items[here].tags & (ENDS - {"say"} | {"comma", "group"})
    ):
        here -= 1
    group = items[here].group if here >= 0 else None
    if group is None or group.number is None or group.is_thing or group.state is not None:
        return None
    return found_of(items[at].entry, at, [here], "relative")


def _is_particle(items: list[Item], at: int) -> bool:
    """Say whether “فقد” is no loss but “so … has”: a verb follows it."""
    after = items[at + 1] if at + 1 < len(items) else None
    return (
        items[at].word == "فقد" and after is not None and bool(after.tags & {"harm", "say", "rise"})
    )


def _nominal(items: list[Item], at: int) -> Found | None:
    """Read “مقتل طفلين” and “مقتل وإصابة 12”."""
    here = at + 1
    while here < len(items) and (
        items[here].tags & {"adverb", "date", "and"}
        or items[here].word in _REACHES
        or ("harm" in items[here].tags and "noun" in items[here].entry.forms
        and "group" not in items[here].tags and "and" in items[here - 1].tags)
    ):  # fmt: skip
        here += 1
    if here >= len(items) or not may_suffer(items[here].group):
        return None
    one = found_of(items[at].entry, at, list_from(items, here), "nominal")
    one.spans_word = here == at + 1
    one.doer = _doer_after(items, one.victims[-1])
    return one


def _verbal(items: list[Item], at: int) -> Found | None:
    """Read the verb before its victims; who did it may stand between."""
    entry = items[at].entry
    first = at + 1
    plain: int | None = None
    for here in range(at + 1, _end_of_clause(items, at)):
        group = items[here].group
        if group is None or not may_suffer(group) or is_governed(items, here):
            continue
        if group.number is None and not _is_near(items, at, here):
            continue
        plain = here if plain is None or group.lo is not None else plain
        if group.lo is not None or not _counted_later(items, here):
            break
    if plain is None:
        return None
    one = found_of(entry, at, list_from(items, plain), "verb")
    if entry.frame == "object":
        one.doer = _doer_between(items, first, plain) or _doer_after(items, one.victims[-1])
    if entry.kind == "missing" and any("life" in item.tags for item in items[plain : plain + 6]):
        one.kind = "killed"
    return one


def _end_of_clause(items: list[Item], at: int) -> int:
    for here in range(at + 1, min(at + 1 + _FAR, len(items))):
        tags = items[here].tags
        if tags & ENDS or ("harm" in tags and "group" not in tags):
            return here
        if ("comma" in tags and here == at + 1) or ("and" in tags and here > at + 1):
            return here
    return min(at + 1 + _FAR, len(items))


def _is_near(items: list[Item], at: int, here: int) -> bool:
    """Say whether only days and manner stand between a verb and a group without a number."""
    between = items[at + 1 : here]
    return all(item.tags & {"date", "adverb", "be", "hedge"} for item in between)


def _counted_later(items: list[Item], at: int) -> bool:
    for here in range(at + 1, min(at + 6, len(items))):
        if items[here].tags & (ENDS | {"and", "comma", "harm", "prep"}):
            return False
        if items[here].group is not None:
            return items[here].lo is not None
    return False


def _doer_between(items: list[Item], first: int, last: int) -> tuple[int, int] | None:
    """Return the words between a verb and its victims that are no date, place or manner."""
    end = first
    while end < last and not items[end].tags & {
        "date",
        "adverb",
        "prep",
        "prep-place",
        "comma",
        "by",
    }:
        end += 1
    return (first, end) if end > first else None


def _doer_after(items: list[Item], at: int) -> tuple[int, int] | None:
    """Read “على يد X”, “برصاص X”, “من قبل X” after the victims."""
    for here in range(at + 1, min(at + 7, len(items) - 1)):
        if "by" in items[here].tags:
            end = here + 1
            while end < len(items) and end - here < 6 and not items[end].tags & {
                "prep", "prep-place", "comma", "date", "and", "subset", "according", "say",
            }:  # fmt: skip
                end += 1
            return (here + 1, end) if end > here + 1 else None
        if items[here].tags & {"comma", "semi", "harm"}:
            return None
    return None


def _verb_last(items: list[Item], at: int) -> Found | None:
    """Read “12 شخصاً قُتلوا”, “ثلاثة مدنيين أُصيبوا”: the victims stand before."""
    here = at - 1
    while here >= 0 and items[here].tags & {"adverb", "relative", "be", "date"}:
        here -= 1
    if here < 0 or items[here].group is None or items[here].lo is None:
        return None
    group = items[here].group
    if group is None or group.is_thing or group.number is None or is_governed(items, here):
        return None
    return found_of(items[at].entry, at, [here], "subject")


def _undergone(items: list[Item], at: int) -> list[Found]:
    """Read “تعرض خمسة أشخاص للاعتقال”, “أجبر القتال 4300 شخص على النزوح”."""
    groups = [i for i in range(at + 1, min(at + 6, len(items))) if may_suffer(items[i].group)]
    for here in range(at + 1, min(at + 9, len(items))):
        item = items[here]
        told = item.tags & {"harm"} and item.entry.forms & {"noun", "noun-of"}
        if groups and told and here > groups[0]:
            return [found_of(item.entry, here, list_from(items, groups[0]), "undergone")]
    return []


def _shared(found: list[Found]) -> list[Found]:
    """Make one joint count of “مقتل وإصابة 12”; one harm told twice of the same is one."""
    kept: list[Found] = []
    for one in found:
        other = next((it for it in kept if it.victims == one.victims), None)
        if other is None:
            kept.append(one)
        elif {other.kind, one.kind} == {"killed", "injured"} and one.rule == other.rule:
            other.kind = "killed+injured"
    return kept
