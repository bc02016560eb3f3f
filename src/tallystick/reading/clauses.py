"""Find who suffers a verb: its subject to the left, its object to the right, and lists of both.

Walks over the items of one sentence. Prepositional phrases, brackets, appositions and relative
clauses are stepped over; what stands after “by” is never a victim.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tallystick.reading.items import Item

__all__ = ["Verb", "following", "list_from", "list_until", "subject_of", "verb_at"]

_AUXILIARY = frozenset({"be", "have", "do", "modal", "not", "adverb", "hedged"})
_FINITE = frozenset({"be", "have", "harm", "say", "modal", "do", "told", "rise", "leave", "found"})
_PASS = frozenset({"adverb", "tick", "quote", "quantity", "date"})
_BARRIER = frozenset({"semi", "colon"})


@dataclass(slots=True)
class Verb:
    """Hold a verb with its auxiliaries.

    Args:
        start: Index of the first auxiliary.
        at: Index of the verb itself.
        is_passive: A form of “be” stands before it.
        is_perfect: A form of “have” stands before it.
        is_negated: “not”, “never” stand before it.
        is_modal: “could”, “would” stand before it.
        is_infinitive: “to” stands before it.
    """

    start: int
    at: int
    is_passive: bool = False
    is_perfect: bool = False
    is_negated: bool = False
    is_modal: bool = False
    is_hedged: bool = False
    is_infinitive: bool = False
    words: list[str] = field(default_factory=list)


def verb_at(items: list[Item], at: int) -> Verb:
    """Return the verb at an index with the auxiliaries before it."""
    verb = Verb(at, at)
    here = at - 1
    while here >= 0:
        tags = items[here].tags
        if "be" in tags:
            verb.is_passive = True
        elif "have" in tags:
            verb.is_perfect = True
        elif "hedged" in tags:
            verb.is_hedged = True
            verb.is_passive |= items[here].word.endswith(" be")
            verb.is_perfect |= items[here].word.endswith(" have")
        elif "modal" in tags:
            verb.is_modal = True
        elif "not" in tags:
            verb.is_negated = True
        elif items[here].word == "to":
            verb.is_infinitive = True
        elif "reported" in tags and here > 0 and _may_be_reported(items[here - 1]):
            pass
        elif not tags & {"adverb", "do"}:
            break
        verb.words.append(items[here].word)
        here -= 1
    verb.start = here + 1
    if verb.is_modal and verb.is_perfect:
        verb.is_modal = False
    return verb


# “gunned N down”, “mató a N”
_BETWEEN = frozenset({"down", "a", "al"})


def _may_be_reported(before: Item) -> bool:
    """Say whether “reported” goes with the verb: “was reported killed”, “20 reported killed”."""
    if before.tags & {"be", "have", "adverb"}:
        return True
    return before.group is not None and before.group.number is not None


def following(items: list[Item], at: int) -> int | None:
    """Return the index of the group right after a verb, over adverbs and quotes."""
    here = at + 1
    while here < len(items) and here - at < 5:
        tags = items[here].tags
        if "group" in tags:
            return here
        if (
            "comma" in tags
            and here == at + 1
            and here + 1 < len(items)
            and _is_name(items[here + 1])
        ):
            return here + 1
        if not tags & {"adverb", "tick", "quote", "quantity"} and items[here].word not in _BETWEEN:
            return None
        here += 1
    return None


def is_list_joint(items: list[Item], at: int) -> bool:
    """Say whether a comma, “and” or both stand here with a group after them."""
    return at < len(items) and bool(items[at].tags & {"comma", "and"})


def list_from(items: list[Item], at: int) -> list[int]:
    """Return the indexes of the groups that begin here and are joined by commas and “and”."""
    found = [at]
    here = at
    while True:
        after = here + 1
        here = _over_details(items, here + 1)
        joint = here
        while here < len(items) and items[here].tags & {"comma", "and", "adverb"}:
            here += 1
        if here == joint or here >= len(items) or "group" not in items[here].tags:
            return found
        joined = any("and" in items[i].tags for i in range(joint, here))
        if joint > after and _is_name(items[here]) and _is_name(items[joint - 1]):
            return found
        if _heads_clause(items, here) or not (joined or _goes_on(items, here)):
            return found
        found.append(here)


def _is_name(item: Item) -> bool:
    return item.group is not None and item.group.det == "name"


def _over_details(items: list[Item], here: int) -> int:
    """Step over “of the village”, “(26)”, “identified as X”, “from Y” after a group."""
    while here < len(items):
        tags = items[here].tags
        if "open" in tags:
            here = _after_brackets(items, here)
        elif tags & {"prep", "prep-place", "of", "identify"} and _group_next(items, here):
            here += 2
        elif tags & {"quantity", "tick", "quote"}:
            here += 1
        else:
            return here
    return here


def _after_brackets(items: list[Item], here: int) -> int:
    for at in range(here, min(here + 12, len(items))):
        if "close" in items[at].tags:
            return at + 1
    return here + 1


def _group_next(items: list[Item], here: int) -> bool:
    return here + 1 < len(items) and "group" in items[here + 1].tags


def _heads_clause(items: list[Item], at: int) -> bool:
    """Say whether the group is the subject of a verb of its own."""
    here = at + 1
    while here < len(items) and items[here].tags & _PASS:
        here += 1
    if here >= len(items):
        return False
    item = items[here]
    if item.tags & {"be", "have", "say", "modal", "do", "rise"} and "adj" not in item.tags:
        return True
    return "harm" in item.tags and bool(item.entry.forms & {"past", "third", "part", "state"})


def _goes_on(items: list[Item], at: int) -> bool:
    """Say whether the list goes on to an “and” after this group."""
    here = _over_details(items, at + 1)
    steps = 0
    while here < len(items) and steps < 12:
        if "and" in items[here].tags:
            return _group_next(items, here)
        if "comma" not in items[here].tags or not _group_next(items, here):
            return False
        here = _over_details(items, here + 2)
        steps += 1
    return False


def list_until(items: list[Item], at: int) -> list[int]:
    """Return the groups of the list that ends here, in order."""
    found = [at]
    here = at - 1
    saw_and = False
    while here >= 0:
        end = here
        while here >= 0 and items[here].tags & {"comma", "and"}:
            saw_and |= "and" in items[here].tags
            here -= 1
        here = _back_over_brackets(items, here)
        if here == end or here < 0 or not saw_and or "group" not in items[here].tags:
            return found
        owner = _back_over_of(items, here)
        if owner is None:
            return found
        found.insert(0, owner)
        here = owner - 1
    return found


def _back_over_brackets(items: list[Item], here: int) -> int:
    if here >= 0 and "close" in items[here].tags:
        while here >= 0 and "open" not in items[here].tags:
            here -= 1
        return here - 1
    return here


def _back_over_of(items: list[Item], here: int) -> int | None:
    """Return the group that heads “X of Y” or “X from Y”; None if Y hangs on no group."""
    while here >= 1 and items[here - 1].tags & {
        "prep",
        "of",
        "according",
        "citing",
        "by",
        "rel",
        "subset",
        "identify",
    }:
        if items[here - 1].tags & {"by", "according", "citing", "rel", "subset"}:
            return None
        here -= 2
        if here < 0 or "group" not in items[here].tags:
            return None
    return here


def subject_of(items: list[Item], start: int) -> int | None:
    """Return the index of the group (or pronoun) that is the subject of the verb starting here.

    “Was” asks for one, “were” for several: where the nearest group does not agree, one further
    left that does is taken.
    """
    found = _subject(items, start)
    if found is None or "group" not in items[found].tags:
        return found
    wants = _number_wanted(items, start)
    if wants is None or _agrees(items, found, wants):
        return found
    limit = _clause_start(items, found)
    for here in range(found - 1, limit - 1, -1):
        group = items[here].group
        if group is None or group.number is None or group.is_thing or not group.is_person:
            continue
        if _owner(items, here) == here and _agrees(items, here, wants):
            return here
    return found


def _number_wanted(items: list[Item], start: int) -> str | None:
    for item in items[start : start + 2]:
        if item.word in ("was", "is", "has"):
            return "one"
        if item.word in ("were", "are"):
            return "many"
    return None


def _agrees(items: list[Item], at: int, wants: str) -> bool:
    group = items[at].group
    if group is None or group.lo is None:
        return True
    joined = at > 0 and bool(items[at - 1].tags & {"and"})
    if wants == "many":
        return group.lo != 1 or group.hi != 1 or joined
    return group.lo == 1 or group.mark == "family" or joined


def _subject(items: list[Item], start: int) -> int | None:
    """Return the subject as it is found without asking whether it agrees.

    What is set in commas, brackets, or after “identified as” and “including” is stepped over
    first; then the nearest group to the left that no preposition governs is the subject.
    """
    here = start - 1
    if here < 0:
        return None
    limit = _clause_start(items, here)
    opener = _last_opener(items, here, limit)
    if opener is not None:
        while opener is not None:
            here = opener - 1
            while here > limit and items[here].tags & {"comma", "tick", "quote", "dash", "open"}:
                here -= 1
            opener = _last_opener(items, here, limit)
        return _nearest(items, here, limit, start)
    if "comma" in items[here].tags:
        outer = _before_parenthesis(items, here, limit)
        if outer is not None:
            return outer
    return _nearest(items, here, limit, start)


def _clause_start(items: list[Item], here: int) -> int:
    """Return the index before which nothing can be the subject: a barrier or another clause."""
    at = here
    while at >= 0:
        tags = items[at].tags
        if tags & _BARRIER or ("sub" in tags and not tags & {"adverb", "rel", "prep"}):
            return at + 1
        at -= 1
    return 0


def _last_opener(items: list[Item], here: int, limit: int) -> int | None:
    """Return the “identified as” or “including” whose members reach up to the verb."""
    for at in range(here, limit - 1, -1):
        tags = items[at].tags
        if tags & {"identify", "subset"} and "subset-after" not in tags:
            return at if at > limit else None
        if _is_finite(items, at):
            return None
    return None


def _is_finite(items: list[Item], at: int) -> bool:
    """Say whether a verb of a clause stands here, not a noun such as “murder”."""
    item = items[at]
    if not item.tags & _FINITE or item.tags & {"adverb", "adj"}:
        return False
    if "harm" not in item.tags or item.tags & {"be", "have"}:
        return True
    if not item.entry.forms & {"past", "third", "base"}:
        return False
    before = items[at - 1] if at else None
    return before is None or not before.tags & {"prep", "of", "the", "adj", "by", "identify"}


def _before_parenthesis(items: list[Item], comma: int, limit: int) -> int | None:
    """Return the subject before “, a faction of the party, were …”; None if there is none."""
    for at in range(limit + 1, comma):
        if "comma" not in items[at].tags:
            continue
        found = _nearest(items, at - 1, limit, at)
        if found is None or "group" not in items[found].tags:
            continue
        group = items[found].group
        if group is None or not (group.is_counted or group.is_person or group.names):
            continue
        follows = items[at + 1]
        if follows.word in ("or", "o", "ou"):
            return found
        if follows.tags & {
            "group",
            "rel",
            "prep",
            "identify",
            "subset",
            "quantity",
            "adverb",
            "word",
            "harm",
            "background",
            "adj",
            "age",
            "hedge",
        }:
            return found
    return None


def _nearest(items: list[Item], here: int, limit: int, start: int) -> int | None:
    joint = start - 1
    while joint > limit and "adverb" in items[joint].tags:
        joint -= 1
    joins = joint >= 0 and "and" in items[joint].tags
    crossed = False
    while here >= limit:
        item = items[here]
        tags = item.tags
        if "group" in tags:
            owner = _owner(items, here)
            if owner is None:
                here -= 2
                continue
            if owner != here:
                here = owner
                continue
            if not crossed and not (joins and here == joint - 1):
                return here
            if crossed and (_is_start(items, here) or _before_relative(items, here)):
                return here
            here -= 1
            continue
        if "pron" in tags and "rel" not in tags and not crossed:
            return here
        if "close" in tags:
            here = _back_over_brackets(items, here)
            continue
        crossed |= _is_finite(items, here)
        here -= 1
    return None


def _owner(items: list[Item], here: int) -> int | None:
    """Return the group itself if no preposition governs it, the group it hangs on, or None."""
    if here + 1 < len(items) and "subset-after" in items[here + 1].tags and here > 1:
        return None if "comma" in items[here - 1].tags else here
    if here == 0:
        return here
    before = items[here - 1]
    if before.tags & {
        "prep",
        "of",
        "identify",
        "according",
        "citing",
        "by",
        "subset",
        "background",
        "subset-after",
    }:
        if "subset-after" in before.tags or "subset" in before.tags:
            return None
        if here >= 2 and "group" in items[here - 2].tags:
            return here - 2
        return None
    return here


def _is_start(items: list[Item], here: int) -> bool:
    return here == 0 or bool(items[here - 1].tags & {"comma", "sub", "semi", "colon"})


def _before_relative(items: list[Item], here: int) -> bool:
    after = here + 1
    if after < len(items) and "comma" in items[after].tags:
        after += 1
    return after < len(items) and "rel" in items[after].tags
