"""Find the head of a group: the noun that says what a number counts.

Walks from where a group begins over adjectives, names and quotes to its last noun for people. A
head that is no person vetoes the number: fourteen years and sixty houses are never counted.
"""

from __future__ import annotations

from tallystick.reading.items import Group, Item

__all__ = ["BESIDE", "FAMILY", "HeadWalk", "take_adjective", "take_head"]

FAMILY = "family"
_LOOSE = frozenset(
    {"word", "name", "place-kind", "direction", "measure", "age", "ordinal", "community"}
)
_NEVER_LOOSE = frozenset({"prep", "sub", "rel", "be", "have"})
_LONGEST = 14


class HeadWalk:
    """Walk over the items of one group; used once.

    Args:
        items: The sentence.
        at: Where the walk begins, after determiner and number.
        group: What is learnt on the way.
    """

    def __init__(self, items: list[Item], at: int, group: Group) -> None:
        self.items = items
        self.at = at
        self.first = at
        self.group = group
        self.head: int | None = None
        self.run: list[int] = []

    def walk(self) -> HeadWalk:
        """Go to the end of the group; ``head``, ``at`` and the loose words passed tell the rest."""
        while self.at < len(self.items) and self.at - self.first < _LONGEST:
            step = self._step()
            if step == "stop":
                break
            if step in ("thing", "count"):
                self._end(step)
                break
            self._take(step)
            self.at += 1
        return self

    def _take(self, step: str) -> None:
        if step == "head":
            before = self._said_by_last_head()
            self.group.adjectives += (before,) if before else ()
            self.head = self.at
        elif step == "owner":
            self._forget()
        elif step == "brackets":
            while "close" not in self.items[self.at].tags:
                self.at += 1
        elif step == "adjective":
            take_adjective(self.group, self.items[self.at])
        elif step == "loose":
            self.run.append(self.at)

    def _said_by_last_head(self) -> str:
        """Return what the head before the last one says of it: “local staff” are no locals."""
        if self.head is None:
            return ""
        category, tags = self.items[self.head].entry.category, self.items[self.head].tags
        return "" if category == "civilians" and "adj" in tags else category

    def _forget(self) -> None:
        """Begin again after “the village’s …”: what stood before only owns what follows."""
        self.head = None
        self.group.category, self.group.adjectives = "", ()
        if self.group.det in ("a", "the"):
            self.group.lo = self.group.hi = None

    def _end(self, step: str) -> None:
        item = self.items[self.at]
        self.group.head = item.word
        self.at += 1
        if step == "thing":
            self.group.is_thing, self.group.mark, self.head = True, item.entry.mark, None
            return
        if self.head is not None:
            self.group.adjectives += (self.items[self.head].entry.category,)
        self.group.state, self.group.is_person, self.head = item.entry, True, self.at - 1

    def _step(self) -> str:
        """Say what the item is to the group: head, adjective, loose, owner, thing or stop."""
        item, tags = self.items[self.at], self.items[self.at].tags
        if "harm" in tags:
            return self._harm(item)
        if "person" in tags:
            return "head"
        if "gen" in tags:
            return "owner" if self._follows() is not None and self.at > 0 else "stop"
        if self.head is not None:
            return self._after_head(tags)
        if "adj" in tags:
            return "adjective"
        return self._thing(item) if "thing" in tags else self._other(tags)

    def _follows(self, tags: frozenset[str] = frozenset()) -> Item | None:
        """Return the next item, if it has one of the tags."""
        if self.at + 1 >= len(self.items):
            return None
        item = self.items[self.at + 1]
        return item if not tags or item.tags & tags else None

    def _after_head(self, tags: frozenset[str]) -> str:
        before = self.items[self.at - 1]
        if "adj" in before.tags and "adj" in tags:
            # “one female UN staff member”: what looked like the head only describes.
            if any("person" in item.tags for item in self.items[self.at + 1 : self.at + 3]):
                return "adjective"
            if self.items[self.at].entry.mark in ("aid_workers", "security_forces"):
                return "thing"
        if "open" in tags and self.group.det in ("num", "a") and self._person_after_brackets():
            return "brackets"
        opens_quote = bool(tags & {"tick", "quote"}) and self._follows(_PERSON) is not None
        return "pass" if opens_quote else "stop"

    def _thing(self, item: Item) -> str:
        is_verb = "say" in item.tags and self.group.number is None
        if is_verb and "name" in self.items[self.at - 1].tags:
            return "stop"
        follows = self._follows(_PERSON) is not None
        describes = follows and (self.group.number is None or item.entry.mark == "objects")
        return "loose" if describes or self._person_after_tick() else "thing"

    def _other(self, tags: frozenset[str]) -> str:
        if "the" in tags and self.group.number is not None:
            return "pass" if self._follows(_PERSON | {"harm"}) is not None else "stop"
        if "open" in tags and self.group.det in ("num", "a"):
            return "brackets" if self._person_after_brackets() else "stop"
        if tags & {"tick", "quote"}:
            goes_on = self._follows(_PERSON | {"word", "adj", "name"}) is not None
            return "pass" if goes_on else "stop"
        is_name = "drive" in tags and self.items[self.at].is_capital
        return "loose" if is_name or (tags & _LOOSE and not tags & _NEVER_LOOSE) else "stop"

    def _person_after_tick(self) -> bool:
        after = self.items[self.at + 1 : self.at + 3]
        return len(after) == 2 and "tick" in after[0].tags and "person" in after[1].tags

    def _person_after_brackets(self) -> bool:
        """Say whether the head stands after a bracket: “2 international (Kenyan) staff”."""
        for here in range(self.at + 1, min(self.at + 10, len(self.items) - 1)):
            if "close" in self.items[here].tags:
                return "person" in self.items[here + 1].tags
        return False

    def _harm(self, item: Item) -> str:
        forms = item.entry.forms
        if self.head is not None:
            # “nine civilian deaths”: the noun for people only says whose.
            is_count = "count" in forms and forms <= {"count", "noun"}
            return "count" if is_count and self.group.number is not None else "stop"
        if forms & {"state", "part"} and self._follows(_PERSON) is not None:
            self.group.state = item.entry
            return "pass"
        counted = self.group.number is not None or self.group.lo == 0
        if "count" in forms and counted:
            return "count"
        return "head" if "person" in item.tags else "stop"


_PERSON = frozenset({"person"})


def take_adjective(group: Group, item: Item) -> None:
    """Note what an adjective says of the group."""
    if item.entry.mark:
        group.adjectives += (item.entry.mark,)
    group.is_more |= "more" in item.tags


# Who stands beside a body is no member of it: “a supporter of the ruling party”.
BESIDE = frozenset(
    {"supporter", "supporters", "sympathiser", "sympathisers", "sympathizer", "sympathizers",
     "son", "sons", "daughter", "daughters", "wife", "relative", "relatives", "friend", "friends",
     "brother", "brothers", "sister", "father", "mother", "informer", "informers", "resident"}
)  # fmt: skip


def _last(marks: tuple[str, ...]) -> str:
    return marks[-1] if marks else ""


def take_head(group: Group, item: Item) -> None:
    """Note what the head says of the group: number, category, unit."""
    entry = item.entry
    group.head = item.word
    group.is_person = True
    group.is_more |= item.word in ("other", "others")
    if "harm" in entry.tags and "person" not in entry.tags:
        group.is_plural = True
        group.category = group.adjectives[-1] if group.adjectives else ""
        return
    group.mark = entry.mark if entry.mark in (FAMILY, "body", "death", "hostage") else ""
    if group.is_plural is None or entry.is_plural is not None:
        group.is_plural = entry.is_plural if entry.is_plural is not None else group.is_plural
    described = "" if item.word in BESIDE else _last(group.adjectives)
    group.category = entry.category or described
    if "former" in group.adjectives:
        group.adjectives = tuple(mark for mark in group.adjectives if mark != "former")
        if group.category in ("officials", "security_forces", "fighters"):
            group.category = "civilians"
    if group.mark == FAMILY:
        group.unit = "families"
    if group.det == "bare" and group.is_plural is False:
        group.lo = group.hi = None
