"""Find the links on which readers disagree; apart from asking them, so that it needs no extra."""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.ledger import Ledger

__all__ = ["disputed_links"]


def disputed_links(ledger: Ledger) -> list[str]:
    """Return the links on which readers said different things and no second reader confirmed."""
    said: dict[str, dict[str, str]] = {}
    for opened in ledger.entries(act="link.decide"):
        told = opened.body["link"]
        assert isinstance(told, Mapping)
        said.setdefault(opened.entry.obj, {})[str(told["author"])] = str(told["says"])
    confirmed = {verdict.id for verdict in ledger.verdicts() if verdict.second_reader}
    differ = {id_ for id_, by in said.items() if len(set(by.values())) > 1}
    return sorted(differ - confirmed)
