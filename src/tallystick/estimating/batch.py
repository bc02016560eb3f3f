"""Estimate many strata at once: equal tables once, on all cores, resumable, with their sum.

The threads only decide when a table is fitted, never what comes out: each chain's random numbers
hang on the seed, the table and the chain alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tallystick.estimating.answer import Answer, Settings
from tallystick.estimating.estimate import estimate
from tallystick.estimating.overlap import Histories
from tallystick.records import Estimate, Finding, Refusal, Stratum

__all__ = ["EVERYWHERE", "estimate_strata", "sum_of_strata"]

EVERYWHERE: Stratum = (("*", "*"),)
Key = tuple[str, str, str]
Progress = Callable[[int, int], None]


def estimate_strata(
    strata: Mapping[Stratum, Histories],
    methods: Sequence[str],
    settings: Settings,
    *,
    workers: int = 1,
    known: MutableMapping[Key, Answer] | None = None,
    progress: Progress | None = None,
) -> list[Answer]:
    """Estimate every stratum by every method.

    Args:
        strata: Tables by stratum.
        methods: Keys of ``METHODS``.
        settings: For all alike; with many strata ``brief`` saves most of the time.
        workers: Threads; the answers do not depend on it.
        known: Answers by (digest, method, settings); used, and filled as answers come, so that
            an interrupted batch goes on where it stopped.
        progress: Called with (done, all) tables whenever one is done.

    Returns:
        Answers by stratum, then method.
    """
    known = {} if known is None else known
    wanted = [(stratum, method, table) for stratum, table in strata.items() for method in methods]
    todo = {_key(table, method, settings): (table, method) for _, method, table in wanted}
    missing = {key: task for key, task in todo.items() if key not in known}
    for number, (key, answer) in enumerate(_answers(missing, settings, workers), start=1):
        known[key] = answer
        if progress is not None:
            progress(number, len(missing))
    return [
        known[_key(table, method, settings)].within(stratum) for stratum, method, table in wanted
    ]


def _key(table: Histories, method: str, settings: Settings) -> Key:
    named = "|".join([table.digest, str(table.set_aside), *table.lists])
    return hashlib.sha256(named.encode()).hexdigest(), method, settings.key()


def _answers(
    tasks: Mapping[Key, tuple[Histories, str]], settings: Settings, workers: int
) -> Iterator[tuple[Key, Answer]]:
    """Yield answers as they come; one table's chains share the threads, many tables split them."""
    if workers <= 1:
        for key, (table, method) in tasks.items():
            yield key, estimate(table, method, settings)
        return
    with ThreadPoolExecutor(workers) as pool:
        if len(tasks) < workers:
            for key, (table, method) in tasks.items():
                yield key, estimate(table, method, replace(settings, pool=pool))
            return
        futures: dict[Future[Answer], Key] = {
            pool.submit(estimate, table, method, settings): key
            for key, (table, method) in tasks.items()
        }
        for future in as_completed(futures):
            yield futures[future], future.result()


def sum_of_strata(answers: Sequence[Answer]) -> Answer:
    """Add up the draws of all strata of one method; refuse where a stratum has none.

    Sums of medians are not medians of sums, so only draws are added. Strata are taken as
    independent of each other.
    """
    first = answers[0].estimate
    documented = sum(answer.estimate.n_observed for answer in answers)
    refused = sum(answer.estimate.refused is not None for answer in answers)
    draws = [answer.draws for answer in answers if answer.draws is not None]
    if len(draws) < len(answers):
        why = _no_sum(refused, len(answers), first.method)
        return Answer(
            Estimate(stratum=EVERYWHERE, method=first.method, n_observed=documented, refused=why)
        )
    total = _added(draws, first.seed or 0)
    median, lo, hi = (int(x) for x in np.quantile(total, [0.5, 0.025, 0.975], method="nearest"))
    finding = _added_up(answers, documented)
    summed = replace(
        first,
        stratum=EVERYWHERE,
        n_observed=documented,
        median=median,
        lo=lo,
        hi=hi,
        findings=(finding,),
        table="",
    )
    return Answer(summed, total)


def _added_up(answers: Sequence[Answer], documented: int) -> Finding:
    says = f"The sum of {len(answers)} strata, draw by draw; {documented:,} people are documented."
    weak = sorted({f.check for answer in answers for f in answer.estimate.warnings})
    if weak:
        says += f" Strata carry warnings ({', '.join(weak)}), and so does their sum."
    values: dict[str, object] = {"strata": len(answers), "warnings": weak}
    return Finding("sum", "warning" if weak else "note", says, values)


def _no_sum(refused: int, strata: int, method: str) -> Refusal:
    if refused:
        return Refusal(
            "strata-refused",
            f"{refused} of {strata} strata carry no figure, so the strata have no sum.",
            "add the documented figures alone, or merge strata until each carries a figure.",
        )
    return Refusal(
        "no-draws",
        f"{method} gives limits but no draws of N, so its strata cannot be added up.",
        "use lcmcr, dga or loglinear for a sum of strata.",
    )


SUMMED = 4000


def _added(draws: Sequence[NDArray[np.int64]], seed: int) -> NDArray[np.int64]:
    total = np.zeros(SUMMED, dtype=np.int64)
    for number, drawn in enumerate(draws):
        rng = np.random.default_rng([seed, number])
        total += rng.choice(drawn, size=SUMMED)
    return total
