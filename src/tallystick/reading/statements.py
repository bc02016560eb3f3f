"""Find sayings without a count that accountability needs: who accuses, denies, admits, promises."""

from __future__ import annotations

from tallystick.reading.items import Item
from tallystick.reading.resolve import Resolver
from tallystick.reading.sayings import Saying
from tallystick.records import Statement
from tallystick.text import Folded

__all__ = ["statements_in"]


def statements_in(
    items: list[Item],
    folded: Folded,
    sayings: list[Saying],
    last: Saying | None,
    resolver: Resolver,
) -> list[Statement]:
    """Return the statements of one sentence."""
    return []
