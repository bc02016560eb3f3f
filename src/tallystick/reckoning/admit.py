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
from tallystick.reckoning.scope import Nodes, Scope, nodes_of, ordinals
from tallystick.records import Claim, Counted, Issue, Mark, Query
from tallystick.terms import NAMES

__all__ = ["admit", "book_of"]

HARM = ("killed", "injured", "killed+injured")


def admit(claims: Iterable[Claim], ground: Ground) -> tuple[dict[str, Claim], tuple[Issue, ...]]:
    """Return the claims that can be used, each once, by id in order, and issues of the others."""
    usable: dict[str, Claim] = {}
    issues: list[Issue] = []
    is_known = set()
    # In the order in which they came: claims made one after another lie close in memory.
    for id_, claim in {claim.id: claim for claim in claims}.items():
        named = (claim.where, claim.to, claim.whom.pairs)
        trouble = None if named in is_known else _unknown(claim, ground)
        counted = _counted(claim)
        if trouble is None:
            is_known.add(named)
            trouble = _impossible(counted)
        if trouble is None:
            usable[id_] = counted
        else:
            issues.append(trouble)
    kept, orphans = with_parents(usable)
    issues.sort(key=lambda issue: str(issue.where))
    return {id_: kept[id_] for id_ in sorted(kept)}, (*issues, *orphans)


def _counted(claim: Claim) -> Claim:
    """Fill in the default: counted until it was published."""
    if claim.counted.until is None and claim.published is not None:
        until = Mark(claim.published)
        if claim.counted.after is None or claim.counted.after.day <= until.day:
            return replace(claim, counted=Counted(claim.counted.after, until))
    return claim


def _unknown(claim: Claim, ground: Ground) -> Issue | None:
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
    return None


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
    wanted = _wanted(known, query)
    joint = "+" in query.kind or any("+" in kind for kind in {claim.kind for claim in wanted})
    if not joint:
        wanted = [claim for claim in wanted if claim.kind == query.kind]
    pinning: list[Claim] = []
    ceilings: list[Ceiling] = []
    for claim in wanted:
        most = ceiling_of(claim)
        if most is None:
            pinning.append(claim)
        else:
            nodes = _nodes(claim, joint=joint, labels={})
            ceilings.append(Ceiling(claim, Scope(*ordinals(claim.during), nodes), most))
    return Book(
        kind=query.kind,
        unit=query.unit,
        tellers=_tellers(pinning, ground, options, joint=joint),
        ceilings=tuple(ceilings),
        issues=issues,
        joint=joint,
        claims={claim.id: claim for claim in wanted},
    )


def _wanted(known: Sequence[Claim], query: Query) -> list[Claim]:
    """Return the claims that concern a query, but those that their own teller took back."""
    wanted = []
    taken_back: set[str | None] = set()
    for claim in known:
        if claim.retracts or claim.supersedes:
            taken_back |= {claim.retracts, claim.supersedes}
        if _concerns(claim, query):
            wanted.append(claim)
    if taken_back:
        taken_back &= _own_of(known)
    return [claim for claim in wanted if claim.id not in taken_back] if taken_back else wanted


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
        rows, revised = _without_revised(rows)
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
    # What many claims say alike is held once: it takes less room, and is faster told alike.
    moments: dict[Moment, Moment] = {}
    nodes: dict[object, Nodes] = {}
    rows = []
    for claim in claims:
        kind, whom = claim.kind, claim.whom.pairs
        said = (kind, claim.where, claim.to, whom, claim.by, labels.get(claim.id))
        if said not in nodes:
            nodes[said] = _nodes(claim, joint=joint, labels=labels)
        after, until = (START, END) if claim.role == "previous" else marks_of(claim, adds)
        region = Region(
            Scope(*ordinals(claim.during), nodes[said]),
            moments.setdefault(after, after),
            moments.setdefault(until, until),
        )
        lo, hi = numbers_of(claim, options)
        is_pinned = _is_pinned(claim, labels)
        rows.append(Row(claim.id, region, lo, hi if is_pinned else None))
    return rows + _exhaustive(claims, rows, labels)


def _is_pinned(claim: Claim, labels: Mapping[str, tuple[str, str]]) -> bool:
    return pins_of(claim, has_label=claim.id in labels) == "both"


def _exhaustive(
    claims: Sequence[Claim], rows: Sequence[Row], labels: Mapping[str, tuple[str, str]]
) -> list[Row]:
    """Return, for each complete breakdown, that nobody of the whole is outside its parts."""
    parts: dict[str, set[Scope]] = defaultdict(set)
    for claim, row in zip(claims, rows, strict=True):
        if claim.role == "part" and claim.part_of:
            parts[claim.part_of].add(row.region.scope)
    if not parts:
        return []
    return [
        Row(
            row.claim,
            row.region._replace(less=tuple(sorted(parts[row.claim], key=repr))),
            0,
            0,
            hard=True,
        )
        for claim, row in zip(claims, rows, strict=True)
        if row.claim in parts and _is_pinned(claim, labels)
    ]


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


def _nodes(claim: Claim, *, joint: bool, labels: Mapping[str, tuple[str, str]]) -> Nodes:
    """Return what a claim says of people beside their days."""
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
    return nodes_of(nodes)


def _without_revised(rows: Sequence[Row]) -> tuple[list[Row], tuple[str, ...]]:
    """Drop each running total that a later one of the same stated scope falls below."""
    stated: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        if row.hi is not None and row.region.after == START and not row.hard:
            stated[_stated_scope(row.region)].append(row)
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


def _stated_scope(region: Region) -> object:
    """Return the scope that a text states; a window "until now" is the same tomorrow."""
    scope = region.scope
    return scope.first, "now" if scope.last == region.until.day else scope.last, scope.nodes


def _told_once(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Leave out what one source of a day says again after another.

    Marks of two sources on one day are in no order. If all that is pinned at one of them is
    pinned at another in the same words and numbers, the two may be one, and pin the same.
    """
    marks = {row.region.until for row in rows}.difference(row.region.after for row in rows)
    alike: dict[tuple[int, str], list[Moment]] = defaultdict(list)
    for mark in sorted(marks):
        if mark.form in ("stock", "unknown"):
            alike[(mark.day, mark.form)].append(mark)
    at: dict[Moment, set[object]] = {
        mark: set() for same_day in alike.values() if len(same_day) > 1 for mark in same_day
    }
    for row in rows:
        if row.region.until in at:
            scope, after, _, less = row.region
            at[row.region.until].add((scope, after, less, row.lo, row.hi))
    dropped: set[Moment] = set()
    for same_day in alike.values():
        for mark in same_day:
            others = [m for m in same_day if m != mark and m not in dropped]
            if any(at[mark] <= at[other] for other in others):
                dropped.add(mark)
    return tuple(row for row in rows if row.region.until not in dropped)
