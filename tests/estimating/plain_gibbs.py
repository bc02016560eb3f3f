"""The sampler of the paper and nothing more: the reference's sweep, start, thinning and errors.

Written from Manrique-Vallier 2016 as the estimating guide tells the reference package's order of
steps. It shares no line with ``kernels.py``: no ladder, no gradient, N drawn and never
summed out, labels exchanged only where a test asks for it. So it can say where a difference to the
reference's rows comes from, and move the particles of ``annealed.py``.
"""

import numpy as np
from numba import njit

__all__ = [
    "LIMITS",
    "draw_alpha",
    "draw_unseen",
    "errors_of",
    "limits_of",
    "run_as_the_reference",
    "run_on_from",
    "sweep",
]

LIMITS = (0.5, 0.025, 0.975)


def run_as_the_reference(histories, classes, *, burn, thin, keep, seeds, labels=False):
    """Draw N, one chain per seed by plain sweeps: every ``thin``-th one after ``burn``.

    With ``labels``, classes also exchange their labels after each draw of the sticks, which the
    reference does not do; the posterior is the same.
    """
    patterns = histories.patterns.astype(np.int64)
    counts = histories.counts.astype(np.int64)
    rates = histories.sizes / histories.people
    kept = np.stack(
        [
            _chain(
                np.random.default_rng(seed),
                patterns,
                counts,
                rates,
                classes,
                burn,
                thin,
                keep,
                labels,
            )
            for seed in seeds
        ]
    )
    return kept + histories.people


def limits_of(people):
    """Median and 95 % limits of all chains together."""
    return np.quantile(people, LIMITS)


def errors_of(people):
    """Monte-Carlo errors as the reference states them: from the spread of the chains' quantiles."""
    by_chain = np.quantile(people, LIMITS, axis=1)
    return by_chain.std(axis=1, ddof=1) / np.sqrt(len(people))


@njit(cache=True, nogil=True)
def log_gamma(rng, shape):
    if shape >= 1.0:
        return np.log(rng.standard_gamma(shape))
    return np.log(rng.standard_gamma(shape + 1.0)) + np.log(1.0 - rng.random()) / shape


@njit(cache=True, nogil=True)
def _share_out(rng, people, weight, out):
    left, total = people, weight.sum()
    for k in range(weight.size - 1):
        if left == 0:
            return
        p = min(weight[k] / total, 1.0) if total > 0.0 else 1.0
        drawn = rng.binomial(left, p)
        out[k] += drawn
        left -= drawn
        total -= weight[k]
    out[weight.size - 1] += left


@njit(cache=True, nogil=True)
def _log_add(a, b):
    high, low = max(a, b), min(a, b)
    return high if low == -np.inf else high + np.log1p(np.exp(low - high))


@njit(cache=True, nogil=True)
def _break_stick(log_v, log_w, log_nu):
    """Fill log nu from the sticks' log V and log (1 - V); return the log of what is left last."""
    log_rest = 0.0
    for k in range(log_nu.size - 1):
        log_nu[k] = log_rest + log_v[k]
        log_rest += log_w[k]
    log_nu[log_nu.size - 1] = log_rest
    return log_rest


@njit(cache=True, nogil=True)
def _exchange_labels(rng, everyone, log_v, log_w, log_nu, log_yes, log_no):
    """The two exchanges of Papaspiliopoulos & Roberts 2008, section 3.4, given who is in which class.

    First any two classes with their people, sticks left where they are; then neighbours together
    with their sticks.
    """
    classes = log_nu.size
    for _ in range(classes):
        a, b = rng.integers(0, classes), rng.integers(0, classes)
        log_ratio = (log_nu[a] - log_nu[b]) * (everyone[b] - everyone[a])
        if np.log(1.0 - rng.random()) < log_ratio:
            _swap(a, b, everyone, log_yes, log_no)
    for a in range(classes - 2):
        log_ratio = everyone[a] * log_w[a + 1] - everyone[a + 1] * log_w[a]
        if np.log(1.0 - rng.random()) < log_ratio:
            _swap(a, a + 1, everyone, log_yes, log_no)
            log_v[a], log_v[a + 1] = log_v[a + 1], log_v[a]
            log_w[a], log_w[a + 1] = log_w[a + 1], log_w[a]


@njit(cache=True, nogil=True)
def _swap(a, b, everyone, log_yes, log_no):
    everyone[a], everyone[b] = everyone[b], everyone[a]
    for j in range(len(log_yes)):
        log_yes[j, a], log_yes[j, b] = log_yes[j, b], log_yes[j, a]
        log_no[j, a], log_no[j, b] = log_no[j, b], log_no[j, a]


@njit(cache=True, nogil=True)
def draw_unseen(rng, people, log_no, log_nu, state):
    """Draw n_0, at most 20 a person recorded, and its classes."""
    work = log_nu.copy()
    for j in range(len(log_no)):
        work += log_no[j]
    work = np.exp(work)
    p_missed = work.sum()
    missing = 20 * people + 1
    while missing > 20 * people:
        mean = rng.standard_gamma(people) * p_missed / max(1.0 - p_missed, 1e-300)
        if mean < 1e12:
            missing = rng.poisson(mean)
    state[0] = missing
    state[2:] = 0.0
    _share_out(rng, missing, work, state[2:])


@njit(cache=True, nogil=True)
def draw_alpha(rng, classes, log_rest):
    return np.exp(log_gamma(rng, classes - 0.75) - np.log(0.25 - log_rest))


@njit(cache=True, nogil=True)
def sweep(rng, patterns, counts, log_yes, log_no, log_nu, state, labels):
    """One sweep in the reference's order: classes, rates, sticks, n_0, its classes."""
    n_cells, n_lists = patterns.shape
    classes = log_nu.size
    listed, held = np.zeros((n_lists, classes)), np.zeros(classes)
    work, drawn = np.empty(classes), np.empty(classes)
    for i in range(n_cells):
        for k in range(classes):
            log_w = log_nu[k]
            for j in range(n_lists):
                log_w += log_yes[j, k] if patterns[i, j] else log_no[j, k]
            work[k] = log_w
        work[:] = np.exp(work - work.max())
        drawn[:] = 0.0
        _share_out(rng, counts[i], work, drawn)
        held += drawn
        for j in range(n_lists):
            if patterns[i, j]:
                listed[j] += drawn
    unseen = state[2:]
    for j in range(n_lists):
        for k in range(classes):
            yes = log_gamma(rng, 1.0 + listed[j, k])
            no = log_gamma(rng, 1.0 + held[k] - listed[j, k] + unseen[k])
            both = _log_add(yes, no)
            log_yes[j, k], log_no[j, k] = yes - both, no - both
    alpha, after, left = state[1], 0.0, np.empty(classes)
    everyone = held + unseen
    for k in range(classes - 1, -1, -1):
        left[k] = after
        after += everyone[k]
    log_v, log_w = np.zeros(classes), np.full(classes, -np.inf)
    for k in range(classes - 1):
        taken = log_gamma(rng, 1.0 + everyone[k])
        passed = log_gamma(rng, alpha + left[k])
        both = _log_add(taken, passed)
        log_v[k], log_w[k] = taken - both, passed - both
    log_rest = _break_stick(log_v, log_w, log_nu)
    if labels:
        _exchange_labels(rng, everyone, log_v, log_w, log_nu, log_yes, log_no)
        log_rest = _break_stick(log_v, log_w, log_nu)
    draw_unseen(rng, counts.sum(), log_no, log_nu, state)
    return log_rest


def run_on_from(histories, classes, theta, missing, *, sweeps, seed):
    """Go on by plain sweeps from where a ladder stands; return N after each sweep.

    If the ladder draws the right posterior, plain sweeps leave its law as it is: they may be slow,
    but they are stationary.
    """
    at_u = len(histories.lists) * classes
    logit = theta[:at_u].reshape(-1, classes)
    log_yes, log_no = -np.logaddexp(0.0, -logit), -np.logaddexp(0.0, logit)
    taken = -np.logaddexp(0.0, -theta[at_u:-1])
    passed = np.cumsum(-np.logaddexp(0.0, theta[at_u:-1]))
    log_nu = np.append(taken, 0.0) + np.concatenate([[0.0], passed])
    rng = np.random.default_rng(seed)
    weight = np.exp(log_nu + log_no.sum(axis=0))
    unseen = rng.multinomial(int(missing), weight / weight.sum())
    state = np.concatenate([[missing, np.exp(theta[-1])], unseen]).astype(float)
    patterns = histories.patterns.astype(np.int64)
    counts = histories.counts.astype(np.int64)
    kept = _go_on(rng, patterns, counts, log_yes, log_no, log_nu, state, sweeps)
    return kept + histories.people


@njit(cache=True, nogil=True)
def _go_on(rng, patterns, counts, log_yes, log_no, log_nu, state, sweeps):
    kept = np.empty(sweeps)
    for s in range(sweeps):
        log_rest = sweep(rng, patterns, counts, log_yes, log_no, log_nu, state, False)
        state[1] = draw_alpha(rng, log_nu.size, log_rest)
        kept[s] = state[0]
    return kept


@njit(cache=True, nogil=True)
def _chain(rng, patterns, counts, rates, classes, burn, thin, keep, labels):
    n_lists = patterns.shape[1]
    log_yes, log_no = np.empty((n_lists, classes)), np.empty((n_lists, classes))
    for j in range(n_lists):
        log_yes[j], log_no[j] = np.log(rates[j]), np.log(1.0 - rates[j])
    log_nu = np.full(classes, -np.log(classes))
    state = np.zeros(2 + classes)  # n_0, alpha, n_0 by class
    state[1] = 0.3 / classes
    for _ in range(500):
        sweep(rng, patterns, counts, log_yes, log_no, log_nu, state, False)
    order = np.argsort(-log_nu)
    log_nu[:], log_yes[:], log_no[:] = log_nu[order], log_yes[:, order], log_no[:, order]
    state[2:] = state[2:][order]
    kept = np.empty(keep)
    for s in range(burn + keep * thin):
        log_rest = sweep(rng, patterns, counts, log_yes, log_no, log_nu, state, labels)
        state[1] = draw_alpha(rng, classes, log_rest)
        if s >= burn and (s - burn) % thin == thin - 1:
            kept[(s - burn) // thin] = state[0]
    return kept
