"""Judge what ``lcmcr-1`` drew, and say in sentences what the figure hangs on.

Runs after the draws. Every finding carries its numbers, so that pages and pictures are made from
the same data as the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from tallystick.estimating import sensitivity
from tallystick.estimating.answer import Settings
from tallystick.estimating.chao import CHI2_95, LARGEST_CELLS_L, fit_closed
from tallystick.estimating.ladder import LatentPlan
from tallystick.estimating.lcmcr import Posterior
from tallystick.estimating.overlap import Histories
from tallystick.estimating.spread import Beside, figures_beside
from tallystick.records import Finding, Refusal, Weight

__all__ = [
    "beside",
    "diagnose_draws",
    "diagnose_lists",
    "heterogeneity_of",
    "refusal_of_draws",
    "spread_of_methods",
]

Floats = NDArray[np.float64]
NEAR_CAP = 0.975
AT_CAP = 0.01
POOR_FIT = 4.0
TRACE = 100
RANK_BINS = 10
PRIOR_BINS = 40


def refusal_of_draws(drawn: Posterior, plan: LatentPlan) -> Refusal | None:
    """Refuse where the chains do not agree: no interval stands on such draws."""
    if drawn.agreed:
        return None
    judged = drawn.agreement
    return Refusal(
        "chains-disagree",
        f"After {drawn.rounds:,} rounds the chains do not agree: R-hat {judged.rhat:.3f} "
        f"(wanted {plan.most_rhat:g}), {min(judged.ess_bulk, judged.ess_tail):,.0f} independent "
        f"draws (wanted {plan.ess_least:,.0f}).",
        "the table allows several very different figures; run longer (--rounds), look at the other "
        "methods, or report the documented figure alone.",
    )


def diagnose_draws(histories: Histories, drawn: Posterior, plan: LatentPlan) -> list[Finding]:
    """Say how well the chains agree, what the prior did and how the model fits."""
    found = [_chains(drawn)]
    if drawn.valley is not None:
        found.append(_modes(drawn, drawn.valley))
    if drawn.agreed:
        found.append(_errors(drawn))
    found += [_cap(drawn, plan), _prior(histories, drawn, plan), _classes(drawn, plan)]
    found.append(_fit(histories, drawn))
    return found


def _chains(drawn: Posterior) -> Finding:
    judged = drawn.agreement
    says = (
        f"{len(drawn.missing)} chains: R-hat {judged.rhat:.4f}, worth {judged.ess_bulk:,.0f} "
        f"independent draws in the middle and {judged.ess_tail:,.0f} at the limits."
    )
    total = drawn.missing + drawn.n_observed
    step = max(1, total.shape[1] // TRACE)
    ranks = rankdata(total, axis=None).reshape(total.shape) / total.size
    hist = [np.histogram(row, bins=RANK_BINS, range=(0.0, 1.0))[0] for row in ranks]
    values = {
        "rhat": judged.rhat,
        "ess_bulk": judged.ess_bulk,
        "ess_tail": judged.ess_tail,
        "exchanged": list(drawn.exchanged),
        "trace": [[int(x) for x in row[::step]] for row in total],
        "ranks": [[int(x) for x in row] for row in hist],
    }
    return Finding("chains", "note" if drawn.agreed else "fault", says, values)


def _modes(drawn: Posterior, valley: float) -> Finding:
    below = float((drawn.people < valley).mean())
    says = (
        f"The draws fall into two hills: {below:.0%} of them lie below {valley:,.0f}. One median "
        "hides this; quote both hills."
    )
    return Finding("two-modes", "warning", says, {"valley": valley, "p_below": below})


def _errors(drawn: Posterior) -> Finding:
    errors = {name: drawn.quantile_error(p) for name, p in LIMITS.items()}
    says = (
        f"By chance of the draws the median is off by about {errors['median']:,.0f} people, the "
        f"limits by about {errors['lo']:,.0f} and {errors['hi']:,.0f}."
    )
    return Finding("monte-carlo-error", "note", says, dict(errors))


LIMITS = {"median": 0.5, "lo": 0.025, "hi": 0.975}


def _cap(drawn: Posterior, plan: LatentPlan) -> Finding:
    share = float((drawn.missing >= NEAR_CAP * drawn.cap).mean())
    says = (
        f"At most {plan.max_missing:g} unrecorded people per documented person are allowed; "
        f"{share:.1%} of the draws lie at that cap."
    )
    weight: Weight = "note"
    if share > AT_CAP:
        weight = "warning"
        says += " The upper limit is the cap's, not the data's."
    return Finding("cap", weight, says, {"share": share, "cap": int(drawn.cap)})


def _prior(histories: Histories, drawn: Posterior, plan: LatentPlan) -> Finding:
    rng = np.random.default_rng([len(histories.lists), plan.classes])
    ratio = prior_ratio(rng, len(histories.lists), plan)
    points = (0.025, 0.25, 0.5, 0.75, 0.975)
    before = [float(x) for x in np.quantile(ratio, points)]
    after = [float(x) for x in np.quantile(1.0 + drawn.missing / drawn.n_observed, points)]
    says = (
        f"All people per documented person: {before[0]:.2f} to {before[4]:.1f} before the data, "
        f"{after[0]:.2f} to {after[4]:.2f} after them."
    )
    values = {"at": list(points), "prior": before, "posterior": after}
    return Finding(
        "prior", "note", says, values | _laws(ratio, 1.0 + drawn.missing / drawn.n_observed)
    )


def _laws(before: Floats, after: Floats) -> dict[str, list[float]]:
    """Return the laws of N / n before and after the data, by equal steps of its logarithm."""
    top = float(np.quantile(after, 0.999)) * 1.2
    edges = np.geomspace(1.0, max(top, 1.5), PRIOR_BINS + 1)
    shares = {
        name: (np.histogram(ratio, bins=edges)[0] / ratio.size).tolist()
        for name, ratio in (("before", before), ("after", after))
    }
    return {"edges": [float(edge) for edge in edges], **shares}


def prior_ratio(rng: np.random.Generator, n_lists: int, plan: LatentPlan) -> Floats:
    """Draw N / n from the prior alone, within the cap; shape up to (4000,)."""
    s = 4000
    alpha = rng.gamma(plan.prior_shape, 1.0 / plan.prior_rate, size=s)
    sticks = rng.beta(1.0, np.maximum(alpha, 1e-12)[:, None], size=(s, plan.classes))
    sticks[:, -1] = 1.0
    left = np.cumprod(np.concatenate([np.ones((s, 1)), 1.0 - sticks[:, :-1]], axis=1), axis=1)
    missed = rng.random((s, plan.classes, n_lists)).prod(axis=2)
    p_missed = np.minimum((sticks * left * missed).sum(axis=1), 1.0 - 1e-12)
    ratio = 1.0 / (1.0 - p_missed)
    return np.asarray(ratio[ratio <= 1.0 + plan.max_missing], dtype=np.float64)


def _classes(drawn: Posterior, plan: LatentPlan) -> Finding:
    held = float(drawn.classes.mean())
    says = f"On average {held:.1f} of {plan.classes} classes hold at least one person in a hundred."
    weight: Weight = "note"
    if held > 0.9 * plan.classes and plan.classes > 2:
        weight, says = "warning", says + " Allow more classes with --classes."
    return Finding("classes", weight, says, {"held": held, "allowed": plan.classes})


def _fit(histories: Histories, drawn: Posterior) -> Finding:
    people = histories.people
    due = people * drawn.cells
    # the law of a count drawn anew: chance given the classes, and the doubt about the classes
    chance = people * (drawn.cells - drawn.squares)
    doubt = people**2 * np.maximum(drawn.squares - drawn.cells**2, 0.0)
    spread = np.sqrt(np.maximum(chance + doubt, 1e-9))
    off = (histories.counts - due) / spread
    worst = int(np.argmax(np.abs(off)))
    named = [n for n, x in zip(histories.lists, histories.patterns[worst], strict=True) if x]
    says = (
        f"The worst-fitting pattern ({' + '.join(named)}) has {histories.counts[worst]:,} people "
        f"where the model expects {due[worst]:,.1f}."
    )
    values = {"patterns": histories.patterns.tolist(), "lists": list(histories.lists)}
    numbers = {
        "counts": histories.counts.tolist(),
        "expected": due.tolist(),
        "spread": spread.tolist(),
        "off": off.tolist(),
    }
    weight: Weight = "warning" if abs(off[worst]) > POOR_FIT else "note"
    return Finding("fit", weight, says, {**values, **numbers})


def spread_of_methods(histories: Histories, limits: Sequence[int]) -> list[Finding]:
    """Put other methods beside (median, lo, hi) and warn where they contradict it."""
    beside = figures_beside(histories)
    median, lo, hi = limits
    out = [b.method for b in beside if b.point is not None and not lo <= b.point <= hi]
    lowest, highest = _ends([median, *(b.point for b in beside if b.point is not None)])
    says = f"Other methods say from {lowest:,.0f} to {highest:,.0f} on the same table."
    weight: Weight = "note"
    if out:
        weight = "warning"
        says += f" Outside the limits: {', '.join(out)}."
    values: dict[str, object] = {"methods": [b.as_json() for b in beside], "outside": out}
    found = [Finding("methods", weight, says, values)]
    bound = next((b for b in beside if b.method == CHAO), None)
    if bound is not None:
        found += [_chao(bound, median), heterogeneity_of(histories)]
    return found


def beside(histories: Histories, settings: Settings, limits: Sequence[int]) -> list[Finding]:
    """Put other methods, lists taken away and other assumptions beside a figure, unless brief."""
    if settings.brief:
        return []
    return [*spread_of_methods(histories, limits), *diagnose_lists(histories, limits)]


CHAO = "Chao lower bound"


def _ends(points: Sequence[float]) -> tuple[float, float]:
    return min(points), max(points)


def _chao(bound: Beside, median: int) -> Finding:
    above = bound.point is not None and bound.lo is not None and bound.lo > median
    says = f"Chao's lower bound is {bound.point or 0:,.0f}."
    if above:
        says += " All of it lies above the estimate: the estimate is likely too low."
    return Finding("lower-bound", "warning" if above else "note", says, bound.as_json())


def heterogeneity_of(histories: Histories) -> Finding:
    """Say whether the chance of being listed visibly differs between people, and what that costs.

    Chao's terms are tested against none (one degree of freedom and up, so the test is strict);
    forms of heterogeneity that the data hardly tell apart give the range.
    """
    even, uneven = fit_closed(histories, "Mt"), fit_closed(histories, "Mth Chao (LB)")
    gain = even.deviance - uneven.deviance
    forms = [fit_closed(histories, name) for name in UNEVEN]
    low, high = _ends([form.estimate for form in forms])
    values = {"gain": gain, "forms": {form.name: form.estimate for form in forms}}
    if gain <= CHI2_95:
        says = "The chance of being listed does not visibly differ between people."
        return Finding("heterogeneity", "note", says, values)
    says = (
        f"The chance of being listed differs between people; forms of it that the lists can hardly "
        f"tell apart give from {low:,.0f} to {high:,.0f}."
    )
    return Finding("heterogeneity", "warning", says, values)


UNEVEN = ("Mth Chao (LB)", "Mth Poisson2", "Mth Darroch", "Mth Gamma3.5")


def diagnose_lists(histories: Histories, limits: Sequence[int]) -> list[Finding]:
    """Say what each list and the assumption of no highest interaction do to the figure."""
    if len(histories.lists) > LARGEST_CELLS_L:
        says = f"Lists are not left out one by one with more than {LARGEST_CELLS_L} lists."
        return [Finding("lists-in-turn", "note", says)]
    found = [_curves(histories, limits)]
    without = sensitivity.figure_without_each(histories)
    found.append(
        _in_turn("leave-one-out", "Without one list, people only on it forgotten,", without, limits)
    )
    merged = sensitivity.merged_pair_figures(histories)
    if merged:
        found.append(_in_turn("merge-two", "With two lists merged", merged, limits))
    known = sensitivity.consistency_of_lists(histories)
    if known:
        found.append(_consistency(known))
    return found


def _curves(histories: Histories, limits: Sequence[int]) -> Finding:
    curve = sensitivity.highest_order_curve(histories)
    pair, by_pair = sensitivity.two_list_curve(histories)
    inside = [x for x, y in zip(sensitivity.XI, curve, strict=True) if limits[1] <= y <= limits[2]]
    if inside:
        says = (
            f"Without assuming classes, the limits hold while the interaction of all lists has "
            f"odds between {inside[0]:.2g} and {inside[-1]:.2g} (1 is none)."
        )
    else:
        says = "Without assuming classes, no interaction between 0.1 and 10 gives these limits."
    kept = [x for x, y in zip(sensitivity.XI, by_pair, strict=True) if limits[1] <= y <= limits[2]]
    if kept:
        says += (
            f" By “{pair[0]}” and “{pair[1]}” alone they hold while these two depend on each other "
            f"with odds between {kept[0]:.2g} and {kept[-1]:.2g}."
        )
    values = {"xi": list(sensitivity.XI), "people": curve, "lists": pair, "two_lists": by_pair}
    return Finding("assumption-curve", "note", says, values)


def _in_turn(
    check: str, how: str, figures: Sequence[dict[str, object]], limits: Sequence[int]
) -> Finding:
    medians = [float(str(x["median"])) for x in figures]
    if not medians:
        return Finding(check, "note", f"{how} there is nothing left to estimate from.")
    low, high = _ends(medians)
    says = f"{how} the quick methods say from {low:,.0f} to {high:,.0f}."
    outside = not (limits[1] <= low and high <= limits[2])
    return Finding(check, "warning" if outside else "note", says, {"figures": list(figures)})


def _consistency(known: Sequence[dict[str, object]]) -> Finding:
    held = sum(bool(x["held"]) for x in known)
    says = f"The known size of {held} of {len(known)} lists lies within what the others estimate."
    weight: Weight = "warning" if held < len(known) / 2 else "note"
    return Finding("consistency", weight, says, {"lists": list(known)})
