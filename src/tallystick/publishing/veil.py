"""Put a number in the place of each name that a report may not print, the same number everywhere.

Three sorts of names come out of the words of what was preserved: ids of tellers whom only
hidden words name, the names of lists of people, and labels of incidents. A number is put
for them before anything is written; a proof does not depend on names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tallystick.publishing.dossier import Dossier, Told

__all__ = ["Veil", "veil_for"]

# Where a figure, a certificate or an estimate names who keeps a list; elsewhere the same letters
# are a word of ours.
_NAMING = frozenset({"originator", "edition", "tellers", "says", "then", "values"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Veil:
    """Hold what stands for each hidden name.

    Args:
        restricted: Ids of the restricted sources.
        names: For ids made of a source's words (``x:…``), wherever they stand.
        lists: For names of lists, where tellers are named.
        incidents: For labels, where incidents are named.
    """

    restricted: frozenset[str]
    names: Mapping[str, str]
    lists: Mapping[str, str]
    incidents: Mapping[str, str]

    def over(self, told: Mapping[str, object]) -> Mapping[str, object]:
        """Return a JSON object with numbers for names."""
        return {name: self._over(value, key=name) for name, value in told.items()}

    def plain(self, said: str) -> str:
        """Return a sentence with numbers for names."""
        return self._word(said, "says")

    def _over(self, value: object, *, key: str) -> object:
        """Return a value that stands under a key; what is nested keeps a key that names."""
        if isinstance(value, str):
            return self._word(value, key)
        if isinstance(value, Mapping):
            # The keys of ours are no names; those under ``values`` may be names of lists.
            naming = key if key == "values" or self._tells_incidents(key) else ""
            return {
                self._word(str(name), naming): self._over(item, key=naming or str(name))
                for name, item in value.items()
            }
        if isinstance(value, list | tuple):
            return [self._over(item, key=key) for item in value]
        return value

    def _word(self, word: str, key: str) -> str:
        if self._tells_incidents(key) and word in self.incidents:
            return self.incidents[word]
        for name, number in self.names.items():
            word = word.replace(name, number)
        for label, number in self.incidents.items():
            word = word.replace(f" #{label} ", f" #{number} ")  # in the name of a match cell
        if key in _NAMING:
            for name, number in self.lists.items():
                word = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", number, word)
        return word

    def _tells_incidents(self, key: str) -> bool:
        """Say whether a key holds labels of reviewers, or of a restricted source."""
        dimension, _, source = key.partition(" ")
        return key in ("incident", "incidents") or (
            dimension == "incident" and source in self.restricted
        )


def veil_for(dossier: Dossier, restricted: frozenset[str], bare: Collection[str]) -> Veil:
    """Return the veil of a report.

    Args:
        dossier: All of the case.
        restricted: Ids of the sources that are not shown.
        bare: Ids of the claims that are shown without their words.
    """
    names = _hidden_names(dossier.claims, bare)
    lists = _hidden_lists(dossier, restricted)
    numbered = {name: f"withheld-{number}" for number, name in enumerate((*names, *lists), start=1)}
    return Veil(
        restricted=restricted,
        names={name: numbered[name] for name in names},
        lists={name: numbered[name] for name in lists},
        incidents=_hidden_incidents(dossier.claims, restricted),
    )


def _hidden_names(told: Iterable[Told], bare: Collection[str]) -> list[str]:
    """Return each name that only claims without their words have told, the longest first.

    An id such as ``x:…`` or ``anon:…`` is made from the words of a source; words that are not
    shown must not come out by way of it.
    """
    by_bareness: dict[bool, set[str]] = {True: set(), False: set()}
    for one in told:
        for claim in filter(None, (one.claim, one.read)):
            names = (claim.originator, claim.by or "", claim.via, *claim.where, *claim.to)
            found = (name for name in names if name.startswith("x:"))
            by_bareness[one.claim.id in bare].update(found)
    return sorted(by_bareness[True] - by_bareness[False], key=_longest_first)


def _hidden_lists(dossier: Dossier, restricted: frozenset[str]) -> list[str]:
    """Return each name of a list that may not be printed, the longest first.

    A list is named by a column of its own, by its publisher, or by its file; a column may name
    whoever told of a death. So it goes by its name only if that is a known actor's, or the
    publisher's whom the page of a public source names.
    """
    outlets = {kept.source.outlet for kept in dossier.sources if kept.source.id not in restricted}
    return sorted(
        (
            name
            for name in dossier.lists
            if name not in outlets and dossier.actors.resolve(name) is None
        ),
        key=_longest_first,
    )


def _longest_first(name: str) -> tuple[int, str]:
    return (-len(name), name)


def _hidden_incidents(told: Iterable[Told], restricted: frozenset[str]) -> Mapping[str, str]:
    """Give a number to each label of an incident that a restricted source tells apart."""
    labels = {
        claim.incident
        for one in told
        if one.claim.source in restricted
        for claim in filter(None, (one.claim, one.read))
        if claim.incident
    }
    return {label: f"incident-{number}" for number, label in enumerate(sorted(labels), start=1)}
