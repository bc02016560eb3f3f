"""Find who was harmed in Arabic: the verb before its victims, the nominal, the counted noun.

“قُتل 18 شخصاً”, “مقتل طفلين”, “340 قتيلاً”: the victims stand right after the word for the harm;
a definite body between verb and number is who did it. “12 شخصاً قُتلوا” has them before.
"""

from __future__ import annotations

from tallystick.reading.clauses import Verb
from tallystick.reading.drafts import Draft
from tallystick.reading.items import Group, Item
from tallystick.reading.lists import list_from, list_until
from tallystick.reading.victims import Finding, drafts_of

__all__ = ["harms_in_arabic"]

_FAR = 7
_STOPS = frozenset({"comma", "semi", "colon", "sub", "say", "deny", "stop", "by"})


def harms_in_arabic(items: list[Item], sentence: int) -> list[Draft]:
    """Return the drafts of one Arabic sentence."""
    findings: list[Finding] = []
    zeros: list[Draft] = []
    for at, item in enumerate(items):
        if "harm" not in item.tags or "group" in item.tags:
            continue
        if _is_negated(items, at):
            zeros += _zero(items, at)
            continue
        if _is_unreal(items, at):
            continue
        finding = _finding(items, at, findings)
        if finding is not None:
            findings.append(finding)
    findings += _counted_nouns(items, findings)
    drafts = zeros + [draft for finding in _joint(findings) for draft in drafts_of(items, finding)]
    for draft in drafts:
        draft.sentence = sentence
    return sorted(drafts, key=lambda draft: (draft.at, draft.verb))


def _is_negated(items: list[Item], at: int) -> bool:
    return any("not" in item.tags for item in items[max(0, at - 2) : at])


def _is_unreal(items: list[Item], at: int) -> bool:
    before = items[max(0, at - 4) : at]
    return any(item.tags & {"unreal", "modal"} for item in before)


def _zero(items: list[Item], at: int) -> list[Draft]:
    """Read “لم يصب أحد”: nobody was hurt."""
    for here in range(at + 1, min(at + 3, len(items))):
        group = items[here].group
        if group is not None and group.lo in (0, 1) and not group.head:
            draft = Draft(
                items[at].entry.kind, 0, 0, "exact", (items[at].start, items[here].end), "nobody"
            )
            draft.at, draft.verb, draft.group = here, at, Group()
            return [draft]
    return []


def _finding(items: list[Item], at: int, before: list[Finding]) -> Finding | None:
    forms = items[at].entry.forms
    if "noun" in forms:
        found = _nominal(items, at, before)
        if found is not None or "past" not in forms:
            return found
    if "past" in forms:
        return _verbal(items, at) or _subject_first(items, at)
    return _vague_people(items, at) if "count" in forms else None


def _nominal(items: list[Item], at: int, before: list[Finding]) -> Finding | None:
    """Read “مقتل طفلين” and “مقتل وإصابة 12”."""
    here = at + 1
    while here < len(items) and items[here].tags & {"adverb", "date", "and", "harm"}:
        if "harm" in items[here].tags and "noun" not in items[here].entry.forms:
            break
        here += 1
    if here >= len(items) or items[here].group is None or not _may_count(items[here].group):
        return None
    return Finding(items[at], Verb(at, at), list_from(items, here), "nominal-ar")


def _verbal(items: list[Item], at: int) -> Finding | None:
    """Read the verb before its victims; who did it may stand between."""
    doer: int | None = None
    for here in range(at + 1, min(at + 1 + _FAR, len(items))):
        tags = items[here].tags
        if tags & _STOPS or ("harm" in tags and "group" not in tags) or "and" in tags:
            break
        group = items[here].group
        if group is None:
            continue
        if _may_count(group) and not items[here - 1].tags & {"prep", "prep-place"}:
            finding = Finding(items[at], Verb(at, at), list_from(items, here), "verb-ar")
            finding.actor = doer if doer is not None else _doer_after(items, here)
            return finding
        if group.is_person and not group.is_thing and items[at].entry.frame == "object":
            doer = here
    return None


def _doer_after(items: list[Item], at: int) -> int | None:
    for here in range(at + 1, min(at + 8, len(items) - 1)):
        if "by" in items[here].tags:
            return here + 1 if items[here + 1].group is not None else None
        if items[here].tags & {"comma", "semi"}:
            return None
    return None


def _may_count(group: Group | None) -> bool:
    if group is None or group.is_thing:
        return False
    if group.is_counted:
        return group.is_person or bool(group.number)
    return group.is_person and group.det == "bare"


def _subject_first(items: list[Item], at: int) -> Finding | None:
    """Read “12 شخصاً قُتلوا”."""
    here = at - 1
    while here >= 0 and items[here].tags & {"adverb", "rel", "be", "date"}:
        here -= 1
    if here < 0 or items[here].group is None or not items[here].group.is_counted:
        return None
    if items[here].group.is_thing or not items[here].group.is_person:
        return None
    return Finding(items[at], Verb(at, at), list_until(items, here), "subject-ar", by_list=True)


def _vague_people(items: list[Item], at: int) -> Finding | None:
    """Read “سقوط قتلى وجرحى”: some, without a number."""
    item = items[at]
    is_definite = at > 0 and "the" in items[at - 1].tags
    if item.entry.is_plural is not True or is_definite or _is_toll(items, at):
        return None
    item.group = Group(lo=2, hi=None, hedge="vague", det="bare", is_person=True, head=item.word)
    item.lo = 2
    return Finding(item, Verb(at, at), [at], "vague-ar")


def _is_toll(items: list[Item], at: int) -> bool:
    return any(item.tags & {"toll", "rise", "num"} for item in items[max(0, at - 3) : at])


def _counted_nouns(items: list[Item], findings: list[Finding]) -> list[Finding]:
    taken = {(at, finding.kind) for finding in findings for at in finding.victims}
    found: list[Finding] = []
    for at, item in enumerate(items):
        group = item.group
        if group is None or group.state is None or not group.is_counted or "group" not in item.tags:
            continue
        if (at, group.state.kind) not in taken:
            word = Item(item.start, item.end, "", group.state)
            found.append(Finding(word, Verb(at, at), [at], "count"))
    return found


def _joint(findings: list[Finding]) -> list[Finding]:
    """Make one joint count of two harms that share their victims."""
    kept: list[Finding] = []
    for finding in findings:
        same = [one for one in kept if one.victims == finding.victims and one.rule == finding.rule]
        if same and {same[0].kind, finding.kind} == {"killed", "injured"}:
            same[0].kind = "killed+injured"
        elif not same or same[0].kind != finding.kind:
            kept.append(finding)
    return kept
