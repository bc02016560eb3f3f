"""Read what people say of a source: in front matter, in a sidecar, in a line of JSON.

Nothing is made more precise than it was said: ``2025-03`` is no day, so it gives no date of
publication. Each key is used or named in an issue.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import get_args

from tallystick.records import Access, Issue, SourceKind, Weight

__all__ = ["Notes", "front_matter", "notes_of", "sidecar"]

_FENCE = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?")
_PUBLISHED = ("published", "pub_date", "date")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(SourceKind),
    "access": get_args(Access),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """Hold what is said of a source beside its text; an empty value says nothing."""

    title: str = ""
    outlet: str = ""
    url: str = ""
    published: dt.date | None = None
    lang: str = ""
    kind: str = ""
    access: str = ""

    def over(self, weaker: Notes) -> Notes:
        """Return these notes, with the weaker ones where these say nothing."""
        pairs = {
            part.name: getattr(self, part.name) or getattr(weaker, part.name)
            for part in fields(self)
        }
        return Notes(**pairs)

    def as_fields(self) -> dict[str, object]:
        """Return the fields that say something, by the names they have in a source."""
        told = {part.name: getattr(self, part.name) for part in fields(self)}
        return {name: value for name, value in told.items() if value}


_TEXTS = tuple(part.name for part in fields(Notes) if part.name != "published")


def _issue(code: str, where: str, says: str, then: str, weight: Weight = "warning") -> Issue:
    return Issue(code=code, weight=weight, where=where, says=says, then=then)


def notes_of(
    told: Mapping[str, object], where: str, *, beside: frozenset[str] = frozenset()
) -> tuple[Notes, list[Issue]]:
    """Return the notes that these keys and values give, and what is wrong with them.

    Args:
        told: As read from TOML, JSON or front matter.
        where: Where they stand, for the issues.
        beside: Further keys that are used elsewhere.
    """
    left = {key: value for key, value in told.items() if key not in beside}
    issues: list[Issue] = []
    found: dict[str, str] = {}
    for name in _TEXTS:
        value = left.pop(name, None)
        if value is not None:
            found[name] = " ".join(str(value).split())
    published = None
    for name in _PUBLISHED:
        value = left.pop(name, None)
        if value not in (None, "") and published is None:
            published, unclear = _day(value, where)
            issues += unclear
    issues += _not_choices(found, where)
    if left:
        issues.append(_unknown(sorted(left), where))
    return Notes(published=published, **found), issues


def _not_choices(found: dict[str, str], where: str) -> list[Issue]:
    issues = []
    for name, choices in _CHOICES.items():
        value = found.get(name, "")
        if value and value not in choices:
            says = f"{name} “{value[:40]}” is none of {', '.join(choices)}; it was left out."
            then = f"write one of {', '.join(choices)}, and preserve the file again."
            issues.append(_issue("preserving.unknown-choice", where, says, then))
            found[name] = ""
    return issues


def _unknown(keys: list[str], where: str) -> Issue:
    says = f"These keys are not known and were not used: {', '.join(keys)[:120]}."
    then = f"known keys: {', '.join((*_TEXTS, 'published'))}."
    return _issue("preserving.unknown-key", where, says, then, weight="note")


def _day(value: object, where: str) -> tuple[dt.date | None, list[Issue]]:
    if isinstance(value, dt.datetime):
        return value.date(), []
    if isinstance(value, dt.date):
        return value, []
    found = _DAY.fullmatch(str(value).strip())
    try:
        if found:
            return dt.date.fromisoformat(found[1]), []
    except ValueError:
        pass
    says = f"“{str(value)[:40]}” is no day; the source has no date of publication."
    then = "write the day as 2025-03-17, and preserve the file again."
    return None, [_issue("preserving.unclear-date", where, says, then)]


def front_matter(text: str, where: str) -> tuple[Notes, str, list[Issue]]:
    """Part a text from the ``key: value`` lines between two ``---`` lines at its head.

    Returns:
        The notes, the text after them, and issues; the whole text where it has no front matter.
    """
    found = _FENCE.match(text)
    if found is None:
        return Notes(), text, []
    told: dict[str, object] = {}
    for line in found[1].splitlines():
        key, colon, value = line.partition(":")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not colon:
            return Notes(), text, [_not_notes(where)]
        told[key.strip().lower()] = _unquoted(value.strip())
    notes, issues = notes_of(told, f"{where} (front matter)")
    return notes, text[found.end() :].lstrip("\r\n"), issues


def _not_notes(where: str) -> Issue:
    says = "The lines between --- and --- are not all “key: value”; they were read as text."
    then = "write one key and value a line, and preserve the file again."
    return _issue("preserving.unclear-notes", where, says, then)


def _unquoted(value: str) -> str:
    for quote in ('"', "'"):
        if len(value) >= 2 and value[0] == value[-1] == quote:
            return value[1:-1]
    return value


def sidecar(data: bytes, where: str) -> tuple[Notes, list[Issue]]:
    """Read the notes of a ``NAME.toml`` that lies beside the file NAME."""
    try:
        told = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        says = "The file of notes is no TOML; the source was kept without them."
        then = 'write lines such as title = "…", and preserve the file again.'
        return Notes(), [_issue("preserving.unclear-notes", where, says, then)]
    return notes_of(told, where)
