"""Link: read names, find pairs, score them, make persons, count them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.alarms import alarms_of
from tallystick.linking.block import recall_of
from tallystick.linking.cluster import TIE, grouped, laid_out
from tallystick.linking.columns import C, Columns, columns_of
from tallystick.linking.copies import one_of_each, pasted
from tallystick.linking.draws import Count, count_of, draw_groups, lots_of
from tallystick.linking.engines.splink import Splink
from tallystick.linking.engines.uncollected import uncollected
from tallystick.linking.explain import Reasons, explain
from tallystick.linking.families import households_of
from tallystick.linking.features import World, world_of
from tallystick.linking.learn import learned
from tallystick.linking.means import Means
from tallystick.linking.oddities import odd_entries
from tallystick.linking.persons import match_probabilities, persons_of
from tallystick.linking.registers import Weights, is_register, register_scored
from tallystick.linking.review import Question, questions
from tallystick.linking.score import Model, Scored, among_rivals, default_model
from tallystick.linking.undecided import with_undecided
from tallystick.linking.verdicts import bound
from tallystick.records import Entry, Household, Issue, LinkVerdict, Person

__all__ = ["Linked", "Scorer", "link"]

By = Model | Weights | Splink
Scorer = Callable[[Columns], tuple[Scored, By]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Hold the outcome of linking.

    Args:
        persons: All persons, the unnamed among them.
        households: Persons who seem to have died as one family.
        count: Distinct persons with a name, as an interval.
        unnamed: Entries without a name: each stands alone and is counted apart.
        alarms: Persons who can hardly be one.
        issues: What is odd about the entries and the verdicts.
        entries: Entry ids in the order of ``draws``.
        draws: Shape (s draws, n entries): partitions, each group named by a member's place in
            ``entries``; what estimating averages over.
        blocking: Share of the pairs of one person that the rules brought together, at most.
    """

    persons: tuple[Person, ...]
    households: tuple[Household, ...]
    count: Count
    unnamed: int
    alarms: tuple[Issue, ...]
    issues: tuple[Issue, ...]
    entries: tuple[str, ...]
    draws: NDArray[np.int32]
    blocking: float
    _work: _Work

    def why(self, left: str, right: str) -> Reasons:
        """Explain the score of two entries."""
        work = self._work
        i, j = work.place[left], work.place[right]
        if not isinstance(work.model, Model):
            return work.model.why(i, j)
        return explain(i, j, work.world, work.scored, work.model)

    def taught(self, verdicts: Sequence[LinkVerdict]) -> Model:
        """Give the model with its scale fitted to readers' verdicts.

        Args:
            verdicts: None of which bound this linking, or the score would be the verdict.

        Raises:
            TooFewVerdicts: Fewer than thirty are on pairs that were scored, or all of one kind.
        """
        work = self._work
        model = work.model if isinstance(work.model, Model) else default_model()
        odds = dict(
            zip(
                zip(work.scored.left.tolist(), work.scored.right.tolist(), strict=True),
                work.scored.log_odds.tolist(),
                strict=True,
            )
        )
        said = [
            (odds[pair], verdict.says == "same")
            for verdict in verdicts
            if verdict.says != "not-enough" and (pair := work.pair_of(verdict)) in odds
        ]
        return learned(model, [x for x, _ in said], [same for _, same in said])

    def questions(self, most: int = 100) -> list[Question]:
        """Give what a reader should look at first: what may change the count most."""
        work = self._work
        return questions(work.columns.ids, work.groups, work.scored, work.model.lot, most=most)


@dataclass(frozen=True, slots=True)
class _Work:
    """Keep what explaining and reviewing read.

    ``copy_of`` gives for each entry its record; rows pasted many times share one.
    """

    columns: Columns
    world: World
    scored: Scored
    groups: NDArray[np.int32]
    model: By
    copy_of: NDArray[np.int64]
    place: dict[str, int]

    def pair_of(self, verdict: LinkVerdict) -> tuple[int, int]:
        """Give the records of two entries, the lesser first; (−1, −1) if one is not here."""
        one, other = self.place.get(verdict.left, -1), self.place.get(verdict.right, -1)
        return (min(one, other), max(one, other)) if min(one, other) >= 0 else (-1, -1)

    def spread(self, groups: NDArray[np.int32]) -> NDArray[np.int32]:
        """Turn groups of records into groups of entries, each named by its first entry."""
        of_entry = groups[..., self.copy_of]
        first = np.full(self.columns.n, len(self.copy_of), np.int32)
        np.minimum.at(first, self.copy_of, np.arange(len(self.copy_of), dtype=np.int32))
        return first[of_entry]


@uncollected
def link(
    entries: Sequence[Entry],
    *,
    rng: np.random.Generator,
    verdicts: Sequence[LinkVerdict] = (),
    before: Sequence[Person] = (),
    model: Model | Scorer | None = None,
    means: Means | None = None,
) -> Linked:
    """Link entries to persons.

    Args:
        entries: Of all lists together; ids must be unique. Their order does not matter.
        rng: Decides the lots of the draws.
        verdicts: What readers decided; it binds.
        before: Persons of an earlier linking: their ids go on living.
        model: The default is the one shipped; for lists that it does not know (no date of death,
            columns of their own), weights are learnt from the lists themselves. What scores the
            pairs in its stead may be given too (``by_splink``).
        means: Who is told, what is remembered, which engine runs; no outcome depends on it.
    """
    means = means or Means()
    tell = means.tell
    entries = sorted(entries, key=_content)
    alike = pasted(entries)
    stands_for = one_of_each(entries, alike)
    kept, copy_of = np.unique(stands_for, return_inverse=True)
    tell("reading names")
    one_each = [entries[at] for at in kept]
    columns = columns_of(one_each)
    world = world_of(columns)
    by: By
    issues: list[Issue] = []
    if callable(model):
        tell("scoring pairs")
        found, by = model(columns)
    elif is_register(one_each):
        tell("learning weights from the lists")
        found, by, issues = register_scored(one_each)
    else:
        by = model or default_model()
        found, issues = _found(by, columns, world, means)
    place = {entry.id: int(at) for entry, at in zip(entries, copy_of, strict=True)}
    found, contradictions = bound(found, verdicts, place)
    issues = [*issues, *contradictions, *odd_entries(entries, alike)]
    tell("making persons")
    work = _Work(columns, world, found, _groups(columns, found, by), by, copy_of, place)
    tell("counting")
    return _outcome(entries, work, before, issues, rng)


def _found(
    model: Model, columns: Columns, world: World, means: Means
) -> tuple[Scored, list[Issue]]:
    means.tell("finding pairs")
    found = means.engine(columns, world, model)
    means.tell(f"scoring {len(found.seen.left)} of {found.compared} pairs among their rivals")
    return among_rivals(found, world, model), list(found.issues)


# Entries are sorted by what they say, so that the order in which rows were read decides nothing.
_content = attrgetter("name", "died", "list", "place", "id")


def _groups(columns: Columns, found: Scored, model: By) -> NDArray[np.int32]:
    # What lies below the cut joins nobody.
    tie = min(TIE, model.cut)
    laid = laid_out(columns.n, found.left, found.right, found.apart, tie)
    lists = columns.cells[:, C.LIST]
    return grouped(laid, model.cut, lists=lists, twice=model.twice, company=model.company)


def _outcome(
    entries: Sequence[Entry],
    work: _Work,
    before: Sequence[Person],
    issues: list[Issue],
    rng: np.random.Generator,
) -> Linked:
    columns, found, model = work.columns, work.scored, work.model
    named = columns.cells[work.copy_of, C.NAMED] > 0
    lots = lots_of(columns.ids, int(rng.integers(1 << 62)))
    # Drawing is compiled; it goes on beside the making of persons, which is not.
    with ThreadPoolExecutor(1) as beside:
        drawing = beside.submit(_drawn, work, lots)
        p_match = match_probabilities(columns.n, found, work.groups, model.lot)
        groups = work.spread(work.groups)
        persons = persons_of(entries, groups, named, p_match[work.copy_of], before=before)
        households = households_of(columns, work.place, persons)
        alarms = alarms_of(columns, work.place, persons)
        draws = drawing.result()
    return Linked(
        persons=tuple(with_undecided(persons, np.unique(groups, return_inverse=True)[1], draws)),
        households=tuple(households),
        count=count_of(draws, named, f"{model.name}, {len(draws)} draws, 95 %"),
        unnamed=int((~named).sum()),
        alarms=tuple(alarms),
        issues=tuple(issues),
        entries=tuple(entry.id for entry in entries),
        draws=draws,
        blocking=recall_of(found.times[work.groups[found.left] == work.groups[found.right]]),
        _work=work,
    )


def _drawn(work: _Work, lots: NDArray[np.uint64]) -> NDArray[np.int32]:
    found, n = work.scored, work.columns.n
    laid = laid_out(n, found.left, found.right, found.log_odds)
    return work.spread(draw_groups(laid, work.model.lot, draws=_draws(n), lots=lots))


def _draws(n: int) -> int:
    """Draw less often where there is more to draw: the relative spread shrinks."""
    return 100 if n <= 60_000 else 40
