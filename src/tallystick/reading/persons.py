"""Take down named victims as stubs for linking: name, age, relation; they enter no count.

A name is taken only where it is the victim itself, or stands right after the group of victims
that it names (“a farmer, identified as X (40)”).
"""

from __future__ import annotations

from tallystick.reading.drafts import Draft
from tallystick.reading.items import Item
from tallystick.reading.resolve import Resolver
from tallystick.text import Folded

__all__ = ["persons_in"]

_KIN = frozenset(
    {"son", "daughter", "brother", "sister", "wife", "husband", "father", "mother", "uncle",
     "aunt", "cousin", "nephew", "niece", "child", "baby"}
)  # fmt: skip
_OLDEST = 120


def persons_in(
    items: list[Item], drafts: list[Draft], folded: Folded, resolver: Resolver
) -> list[dict[str, object]]:
    """Return a stub for each name that a sentence gives its victims."""
    stubs: list[dict[str, object]] = []
    for draft in drafts:
        for at in _names_of(items, draft):
            item = items[at]
            names = [part for part in item.parts if "name" in part.tags and part.is_capital]
            if not names:
                continue
            start, end = folded.span(names[0].start, names[-1].end)
            stubs.append(
                {
                    "source": resolver.source,
                    "name": folded.text[start:end],
                    "age": _age_after(items, at),
                    "relation": _relation(item, items, at),
                    "harm": draft.kind,
                    "span": [start, end],
                }
            )
    return list({str(stub["span"]): stub for stub in stubs}.values())


def _names_of(items: list[Item], draft: Draft) -> list[int]:
    """Return the indexes of the names of one group of victims."""
    group = draft.group
    if group is None or not 0 <= draft.at < len(items) or items[draft.at].group is None:
        return []
    if group.det == "name" or group.names:
        return [draft.at]
    here = draft.at + 1
    while here < len(items) and items[here].tags & {"comma", "tick", "dash"}:
        here += 1
    if here >= len(items) or "identify" not in items[here].tags:
        return []
    return [at for at in range(here + 1, len(items)) if _is_in_list(items, here + 1, at)]


def _is_in_list(items: list[Item], first: int, at: int) -> bool:
    group = items[at].group
    if group is None or group.det != "name":
        return False
    between = items[first:at]
    return all(
        item.group is not None
        or item.tags & {"comma", "and", "open", "close", "quantity", "identify", "tick"}
        for item in between
    )


def _age_after(items: list[Item], at: int) -> int | None:
    if at + 2 >= len(items) or not items[at + 1].tags & {"open", "comma"}:
        return None
    age = items[at + 2]
    is_age = "quantity" in age.tags and age.lo is not None and age.lo < _OLDEST
    return age.lo if is_age else None


def _relation(item: Item, items: list[Item], at: int) -> str | None:
    group = item.group
    if group is not None and group.head in _KIN:
        return group.head
    before = items[at - 1].group if at > 0 else None
    return before.head if before is not None and before.head in _KIN else None
