"""Lay a name's reading out by role, and settle what the single name leaves open.

Which of two words is the family, and whether one word is two written as one, shows in how the
words are used in all the lists together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import log
from typing import NamedTuple

from tallystick.text import Part, likeliest_reading

__all__ = ["Habits", "Roles", "roles_of"]

_KIN = {"": 0, "wife": 1, "son": 2, "daughter": 2, "child": 2, "mother": 3, "father": 3}
_SEX_OF_KIN = {"wife": 0, "daughter": 0, "mother": 0, "son": 1, "father": 1}
_LEADS = {"abu": ("ابو", "abu"), "umm": ("ام", "um")}
_LATIN = re.compile("[A-Za-z]+")
# A name is turned round if the lists say so by odds of fifty to one.
_TURNS = 4.0
_NONE = Part("given", "", 0, 0)


class Roles(NamedTuple):
    """Hold a name by role; an empty text stands for no such part.

    Args:
        given: Of the person, or of the relative by whom the person is named.
        father: The father's name.
        grandfather: The grandfather's name.
        family: With the abu or umm that leads it.
        bare_family: Without.
        kunya: The child in the kunya.
        kin: 0 own name, 1 wife of, 2 child of, 3 parent of.
        sex: 0 female, 1 male, −1 not told by the words.
        words: Words of the own name.
        stated: The same with the kunya.
        given_article: Whether al- stands before the given name.
        open: Whether the family name may be the father's name as well.
        latin: Whether the name is in Latin script.
        named: Whether the words are a name.
    """

    given: str
    father: str
    grandfather: str
    family: str
    bare_family: str
    kunya: str
    kin: int
    sex: int
    words: int
    stated: int
    given_article: bool
    open: bool
    latin: bool
    named: bool


def roles_of(raw: str) -> Roles:
    """Read a name and lay it out."""
    reading = likeliest_reading(raw)
    parts = {part.role: part for part in reversed(reading.parts)}
    given, father = parts.get("given", _NONE), parts.get("father", _NONE)
    family, kunya = parts.get("family", _NONE), parts.get("kunya", _NONE)
    stated = len(reading.parts) - sum(part.role == "laqab" for part in reading.parts)
    kin = _KIN[reading.kin]
    own = stated - sum(part.role == "kunya" for part in reading.parts)
    sex = _SEX_OF_KIN.get(reading.kin, int(kunya.abu == "abu") if kunya.text else -1)
    bare, is_marked = family.text, family.article or bool(family.abu)
    lead = _LEADS[family.abu][bare < "ء"] if family.abu else ""
    return Roles(
        given=given.text,
        father=father.text,
        grandfather=parts.get("grandfather", _NONE).text,
        family=lead + bare,
        bare_family=bare,
        kunya=kunya.text,
        kin=kin,
        sex=sex,
        words=0 if kin else own,
        stated=stated,
        given_article=given.article,
        open=bool(bare) and not (kin or is_marked or father.text),
        latin=sum(map(len, _LATIN.findall(raw))) * 2 > len(raw.replace(" ", "")),
        named=not reading.unnamed,
    )


class Habits:
    """Know how often each word stands first (as a given name) and last (as a family name)."""

    def __init__(self, names: Iterable[Roles]) -> None:
        own = [roles for roles in names if not roles.kin and roles.stated > 1]
        self.given = Counter(roles.given for roles in own)
        self.given.update(roles.father for roles in own)
        self.family = Counter(roles.bare_family for roles in own)

    def settled(self, roles: Roles) -> Roles:
        """Turn a name written family first; part two words written as one."""
        if roles.kin or not roles.given or roles.kunya or roles.stated != roles.words:
            return roles
        if roles.words == 1:
            return self._parted(roles)
        if roles.words == 2 and roles.open:
            return self._turned(roles)
        return roles

    def _turned(self, roles: Roles) -> Roles:
        first, last = roles.given, roles.bare_family
        as_written = self._odds(first, self.given) + self._odds(last, self.family)
        turned = self._odds(first, self.family) + self._odds(last, self.given)
        if turned - as_written < _TURNS:
            return roles
        return roles._replace(
            given=last, family=first, bare_family=first, open=not roles.given_article
        )

    def _odds(self, word: str, as_what: Counter[str]) -> float:
        return log((as_what[word] + 0.3) / (self.given[word] + self.family[word] + 1))

    def _parted(self, roles: Roles) -> Roles:
        text = roles.given
        if len(text) < 6 or self.given[text] + self.family[text] > 2:
            return roles
        best, cut = 0.0, 0
        for at in range(3, len(text) - 2):
            left, right = self.given[text[:at]], self.family[text[at:].removeprefix("ال")]
            if left >= 3 and right >= 2 and left * right > best:
                best, cut = float(left * right), at
        if not cut:
            return roles
        both = text[:cut] + " " + text[cut:]
        return roles_of(both)
