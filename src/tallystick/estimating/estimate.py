"""Estimate those whom nobody recorded: check the lists, answer by one method, or say why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tallystick.errors import NotFound
from tallystick.estimating.answer import Answer, Settings, refusal
from tallystick.estimating.checks import check_before
from tallystick.estimating.chosen_model import by_loglinear
from tallystick.estimating.methods import by_chapman, by_dga, by_latent_classes
from tallystick.estimating.overlap import Histories
from tallystick.records import Finding

__all__ = ["METHODS", "NoSuchMethod", "estimate"]

METHODS: Mapping[str, Callable[[Histories, Settings, Sequence[Finding]], Answer]] = {
    "lcmcr": by_latent_classes,
    "dga": by_dga,
    "loglinear": by_loglinear,
    "chapman": by_chapman,
}
TWO_LISTS_WILL_DO = frozenset({"few-lists", "list-holds-all"})


class NoSuchMethod(NotFound):
    """An estimator was asked for that there is not."""

    def __init__(self, method: str) -> None:
        super().__init__(
            f"No method “{method}” to estimate by.", then=f"use one of: {', '.join(METHODS)}, all."
        )


def estimate(histories: Histories, method: str, settings: Settings) -> Answer:
    """Estimate N by one method, with every finding; refuse where the table cannot carry it.

    Args:
        histories: One table; lists that say nothing are left out and named.
        method: A key of ``METHODS``.
        settings: Seed, limits and how much to look into.
    """
    if method not in METHODS:
        raise NoSuchMethod(method)
    table, refused, findings = check_before(histories)
    if refused and not (method == "chapman" and refused.check in TWO_LISTS_WILL_DO):
        return refusal(f"{method}-1", table, refused, findings, seed=settings.seed)
    return METHODS[method](table, settings, findings)
