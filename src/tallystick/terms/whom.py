"""Turn the words for victims (“civilians”, “women”, “نساء”) into terms of ``Claim.whom``."""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.terms.spelling import bare, fold
from tallystick.terms.vocabulary import WHOM_KEYS, vocabulary

__all__ = ["whom_of"]

COMMUNITY = "community:"


def whom_of(words: str) -> Mapping[str, str] | None:
    """Return the terms that words for victims stand for, by key; ``None`` if they are not known.

    Args:
        words: A category (``civilians``, ``security_forces``, ``community:Alawite``) or words of a
            source, in English or Arabic. Several words side by side (“Alawite civilians”) narrow
            one another; words that exclude each other (“women and children”) are not one
            category, so they give ``None``.
    """
    named = words.strip()
    if named.lower().startswith(COMMUNITY):
        return _group(named[len(COMMUNITY) :])
    found = _whole(fold(named))
    return found if found is not None else _side_by_side(fold(named).split())


def _group(words: str) -> Mapping[str, str] | None:
    folded = fold(words)
    if not folded:
        return None
    known = vocabulary("group").resolve(folded) or vocabulary("group").resolve(bare(folded))
    return {"group": known or folded.replace(" ", "-")}


def _whole(folded: str) -> Mapping[str, str] | None:
    for words in dict.fromkeys((folded, bare(folded))):
        category = vocabulary("category").resolve(words)
        if category is not None:
            term = vocabulary("category").get(category)
            return dict(term.whom) if term else None
        for key in WHOM_KEYS:
            id_ = vocabulary(key).resolve(words)
            if id_ is not None:
                return {key: id_}
    return None


def _side_by_side(words: list[str]) -> Mapping[str, str] | None:
    if len(words) < 2:
        return None
    whom: dict[str, str] = {}
    for word in words:
        narrower = _whole(word)
        if narrower is None:
            return None
        for key, id_ in narrower.items():
            inner = _inner_of(key, whom.get(key, id_), id_)
            if inner is None:
                return None
            whom[key] = inner
    return whom


def _inner_of(key: str, one: str, other: str) -> str | None:
    if vocabulary(key).contains(one, other):
        return other
    return one if vocabulary(key).contains(other, one) else None
