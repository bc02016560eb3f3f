"""Find a verb with its auxiliaries, and the group that follows it.

Walks over the items of one sentence. Who suffers the verb is asked of ``subjects.py`` (to the
left) and ``lists.py`` (several joined by commas and “and”).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tallystick.reading.items import Item

__all__ = ["Verb", "following", "is_name", "segment_of", "verb_at"]

# “gunned N down”, “mató a N”
_BETWEEN = frozenset({"down", "a", "al"})


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
        is_hedged: “may have”, “believed” stand before it.
        is_infinitive: “to” stands before it.
        words: The auxiliaries, from the verb backwards.
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
    while here >= 0 and _takes_auxiliary(verb, items, here):
        verb.words.append(items[here].word)
        here -= 1
    verb.start = here + 1
    if verb.is_modal and verb.is_perfect:
        verb.is_modal = False
    return verb


# What each auxiliary says of its verb, the surest first.
_SAYS = (
    ("be", "is_passive"),
    ("have", "is_perfect"),
    ("hedged", "is_hedged"),
    ("modal", "is_modal"),
    ("not", "is_negated"),
)


def _takes_auxiliary(verb: Verb, items: list[Item], here: int) -> bool:
    """Note what an auxiliary says of its verb; return False if none stands here."""
    tags, word = items[here].tags, items[here].word
    for tag, name in _SAYS:
        if tag in tags:
            setattr(verb, name, True)
            if tag == "hedged":
                verb.is_passive |= word.endswith(" be")
                verb.is_perfect |= word.endswith(" have")
            return True
    if word == "to":
        verb.is_infinitive = True
        return True
    if "reported" in tags and here > 0 and _may_be_reported(items[here - 1]):
        return True
    return bool(tags & {"adverb", "do"})


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
            and is_name(items[here + 1])
        ):
            return here + 1
        if not tags & {"adverb", "tick", "quote", "quantity"} and items[here].word not in _BETWEEN:
            return None
        here += 1
    return None


def segment_of(items: list[Item], at: int) -> int:
    """Return the number of the part between semicolons in which an index lies."""
    return sum(["semi" in item.tags for item in items[:at]])


def is_name(item: Item) -> bool:
    """Say whether a name stands here, of a place or of somebody."""
    return item.group is not None and item.group.det == "name"
