"""Decide which claims count, and what each of them pins of its teller's tally.

Nothing is judged here but form: unknown places and terms, parents that are missing, claims taken
back, figures that a later one replaces. What is set aside is an issue, and the rest is reckoned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tallystick.reckoning.book import PRESENT_KINDS, Book, Ceiling, Region, Row, Teller
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.inherit import with_parents
from tallystick.reckoning.marks import END, START, Moment, marks_of, precedes
from tallystick.reckoning.options import Options
from tallystick.reckoning.pins import ceiling_of, numbers_of, pins_of
from tallystick.reckoning.scope import Scope, ordinals
from tallystick.records import Claim, Counted, Issue, Mark, Query
from tallystick.terms import NAMES

__all__ = ["admit", "book_of"]

HARM = ("killed", "injured", "killed+injured")


def admit(claims: Iterable[Claim], ground: Ground) -> tuple[dict[str, Claim], tuple[Issue, ...]]:
    """Return the claims that can be used, each once, by id in order, and issues of the others."""
    by_id = {claim.id: claim for claim in claims}
    ordered = {id_: _counted(by_id[id_]) for id_ in sorted(by_id)}
    issues: list[Issue] = []
    for id_, claim in list(ordered.items()):
        trouble = _trouble(claim, ground)
        if trouble:
            issues.append(trouble)
            del ordered[id_]
    kept, orphans = with_parents(ordered)
    return kept, (*issues, *orphans)


def _counted(claim: Claim) -> Claim:
    """Fill in the default: counted until it was published."""
    if claim.counted.until is None and claim.published is not None:
        until = Mark(claim.published)
        if claim.counted.after is None or claim.counted.after.day <= until.day:
            return replace(claim, counted=Counted(claim.counted.after, until))
    return claim


def _trouble(claim: Claim, ground: Ground) -> Issue | None:
    places = (("where", node) for node in (*claim.where, *claim.to))
    for key, node in (*places, *claim.whom.pairs):
        if not ground.knows(key, node):
            what = "place" if key in ("where", "to") else key
            return _set_aside(
                claim,
                "reckoning.unknown-place" if what == "place" else "reckoning.unknown-term",
                f"“{node[:60]}” is no known {what}.",
                "Add it to places.csv, or correct the claim."
                if what == "place"
                else f"Write a term of {key}; see docs/look-up/words.md.",
            )
    return _impossible(claim)


def _impossible(claim: Claim) -> Issue | None:
    until = claim.counted.until
    if claim.during and until and claim.lo and until.day < claim.during.first:
        return _set_aside(
            claim,
            "reckoning.counted-before",
            f"Counted until {until}, before the days it speaks of ({claim.during}).",
            "Correct the days, or the day until which it was counted.",
        )
    return None


def _set_aside(claim: Claim, code: str, says: str, then: str) -> Issue:
    return Issue(code=code, weight="fault", where=claim.id, says=says, then=then)


def book_of(admitted: Mapping[str, Claim], query: Query, ground: Ground, options: Options) -> Book:
    """Return the tallies that a query is asked of."""
    known, issues = _known_then(admitted, query)
    if not options.estimated:
        known = [claim for claim in known if claim.standard != "estimated"]
    if query.tellers:
        known = [claim for claim in known if claim.originator in (*query.tellers, NAMES)]
    if options.soft == "out":
        known = [claim for claim in known if claim.hedge not in ("approx", "vague")]
    withdrawn = {i for c in known for i in (c.retracts, c.supersedes) if i}
    if withdrawn:
        withdrawn &= _own_of(known)
    wanted = [c for c in known if _concerns(c, query) and c.id not in withdrawn]
    joint = "+" in query.kind or any("+" in claim.kind for claim in wanted)
    if not joint:
        wanted = [claim for claim in wanted if claim.kind == query.kind]
    pinning = [c for c in wanted if ceiling_of(c) is None]
    return Book(
        kind=query.kind,
        unit=query.unit,
        tellers=_tellers(pinning, ground, options, joint=joint),
        ceilings=tuple(
            Ceiling(c, _scope(c, joint=joint, labels={}), most)
            for c in wanted
            if (most := ceiling_of(c)) is not None
        ),
        issues=issues,
        joint=joint,
        claims={claim.id: claim for claim in wanted},
    )


def _own_of(known: Sequence[Claim]) -> set[str]:
    """Return the claims that their own teller takes back."""
    by_id = {claim.id: claim for claim in known}
    return {
        target
        for claim in known
        for target in (claim.retracts, claim.supersedes)
        if target in by_id and by_id[target].originator == claim.originator
    }


def _concerns(claim: Claim, query: Query) -> bool:
    """Say whether the claim is of the query's tally, or of one that a joint count may tie to it."""
    if claim.unit != query.unit:
        return False
    return claim.kind == query.kind or (claim.kind in HARM and query.kind in HARM)


def _known_then(
    admitted: Mapping[str, Claim], query: Query
) -> tuple[list[Claim], tuple[Issue, ...]]:
    if query.as_of is None:
        return list(admitted.values()), ()
    known: list[Claim] = []
    issues: list[Issue] = []
    for claim in admitted.values():
        until = claim.counted.until
        said = claim.published or (until.day if until else None)
        if said is None:
            issues.append(
                Issue(
                    code="reckoning.undated",
                    weight="note",
                    where=claim.id,
                    says=f"Nothing says when this was known; left out as of {query.as_of}.",
                    then="Give the day on which its source was published.",
                )
            )
        elif said <= query.as_of:
            known.append(claim)
    return known, tuple(issues)


def _tellers(
    claims: Sequence[Claim],
    ground: Ground,
    options: Options,
    *,
    joint: bool,
) -> tuple[Teller, ...]:
    grouped: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        # What a teller calls estimated stands beside what it counted: a tally of its own.
        series = "estimated" if claim.standard == "estimated" else claim.edition or ""
        grouped[(claim.originator, series, _window(claim))].append(claim)
    found = []
    for (originator, edition, window), mine in sorted(grouped.items()):
        rows = _rows(mine, options, joint=joint)
        rows, revised = _without_revised(rows, mine)
        found.append(
            Teller(
                originator,
                edition or None,
                window,
                ground.voice(originator),
                _told_once(rows),
                revised,
            )
        )
    return tuple(found)


def _window(claim: Claim) -> str:
    """Return the mark that makes a tally of its own: the present of people who may return."""
    if claim.kind not in PRESENT_KINDS:
        return ""
    timed = claim.counted.until is not None and claim.counted.until.time
    return f"{claim.counted} {'' if timed else claim.source}".strip()


def _rows(claims: Sequence[Claim], options: Options, *, joint: bool) -> list[Row]:
    labels = _incident_labels(claims, options)
    adds = frozenset(
        (c.source, c.counted.until.day.toordinal())
        for c in claims
        if c.counted.after and c.counted.until and not c.counted.until.time
    )
    rows = []
    regions: dict[str, Region] = {}
    pinned: dict[str, bool] = {}
    for claim in claims:
        scope = _scope(claim, joint=joint, labels=labels)
        after, until = marks_of(claim, adds)
        if claim.role == "previous":
            after, until = START, END
        regions[claim.id] = Region(scope, after, until)
        pinned[claim.id] = pins_of(claim, has_label=claim.id in labels) == "both"
        lo, hi = numbers_of(claim, options)
        rows.append(Row(claim.id, regions[claim.id], lo, hi if pinned[claim.id] else None))
    return rows + _exhaustive(claims, regions, pinned)


def _exhaustive(
    claims: Sequence[Claim], regions: Mapping[str, Region], pinned: Mapping[str, bool]
) -> list[Row]:
    """Return, for each complete breakdown, that nobody of the whole is outside its parts."""
    parts: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        whole = claim.part_of
        if claim.role == "part" and whole and pinned.get(whole):
            parts[whole].append(claim)
    rows = []
    for whole, of_it in sorted(parts.items()):
        base = regions[whole]
        less = tuple(sorted({regions[c.id].scope for c in of_it}, key=repr))
        rows.append(Row(whole, base._replace(less=less), 0, 0, hard=True))
    return rows


def _incident_labels(claims: Sequence[Claim], options: Options) -> dict[str, tuple[str, str]]:
    """Return the dimension and label of each claim whose text tells incidents apart.

    A text tells only its own incidents apart: labels of two sources are two dimensions, unless
    a reviewed decision names them the same or apart. A label that no other claim of the source
    stands beside tells nothing apart and is left out.
    """
    by_source: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.incident and claim.incident not in options.incidents:
            by_source[claim.source].append(claim)
    found = {
        claim.id: (f"incident {source}".strip(), str(claim.incident))
        for source, mine in by_source.items()
        if len(mine) > 1
        for claim in mine
    }
    for claim in claims:
        if claim.incident and claim.incident in options.incidents:
            found[claim.id] = ("incident", options.incidents[claim.incident])
    return found


def _scope(claim: Claim, *, joint: bool, labels: Mapping[str, tuple[str, str]]) -> Scope:
    if not (claim.to or claim.whom or claim.by or joint or claim.id in labels):
        where = (("where", tuple(sorted(set(claim.where)))),) if claim.where else ()
        return Scope(*ordinals(claim.during), where)
    nodes: dict[str, tuple[str, ...]] = {"where": claim.where, "to": claim.to}
    for key, term in claim.whom.pairs:
        nodes[key] = (term,)
    if claim.by:
        nodes["by"] = (claim.by,)
    if joint:
        nodes["kind"] = tuple(claim.kind.split("+"))
    if claim.id in labels:
        key, label = labels[claim.id]
        nodes[key] = (label,)
    return Scope.of(claim.during, nodes)


def _without_revised(
    rows: Sequence[Row], claims: Sequence[Claim]
) -> tuple[list[Row], tuple[str, ...]]:
    """Drop each running total that a later one of the same stated scope falls below."""
    stated: dict[object, list[Row]] = defaultdict(list)
    by_id = {claim.id: claim for claim in claims}
    for row in rows:
        if row.hi is not None and row.region.after == START and not row.hard:
            stated[_stated_scope(row, by_id[row.claim])].append(row)
    revised = {
        early.claim
        for mine in stated.values()
        if len(mine) > 1
        for early in mine
        for late in mine
        if late.hi is not None
        and late.hi < early.lo
        and early.region.until != late.region.until
        and precedes(early.region.until, late.region.until)
    }
    return [row for row in rows if row.claim not in revised], tuple(sorted(revised))


def _stated_scope(row: Row, claim: Claim) -> object:
    """Return the scope that a text states; a window "until now" is the same tomorrow."""
    scope = row.region.scope
    until = claim.counted.until
    runs = until is not None and claim.during is not None and claim.during.last == until.day
    return scope.first, "now" if runs else scope.last, scope.nodes


def _told_once(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Leave out what one source of a day says again after another.

    Marks of two sources on one day are in no order. If all that is pinned at one of them is
    pinned at another in the same words and numbers, the two may be one, and pin the same.
    """
    at: dict[Moment, set[object]] = defaultdict(set)
    uses_after: set[Moment] = set()
    for row in rows:
        at[row.region.until].add(
            (row.region.scope, row.region.after, row.region.less, row.lo, row.hi)
        )
        uses_after.add(row.region.after)
    dropped: set[Moment] = set()
    alike: dict[tuple[int, str], list[Moment]] = defaultdict(list)
    for mark in sorted(at):
        if mark.form in ("stock", "unknown") and mark not in uses_after:
            alike[(mark.day, mark.form)].append(mark)
    for same_day in alike.values():
        for mark in same_day:
            others = [m for m in same_day if m != mark and m not in dropped]
            if any(at[mark] <= at[other] for other in others):
                dropped.add(mark)
    return tuple(row for row in rows if row.region.until not in dropped)
