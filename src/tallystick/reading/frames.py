"""Find who was harmed, verb by verb: each harm word has a frame that says where its victims stand.

Passive (“N were killed by A”: A is the actor, never a victim), active (“killed N”), headline
(“kills N”), nominal (“the killing of N”), state (“N dead”), causative (“left N dead”, “claimed N
lives”) and count nouns (“N deaths”). What no frame takes is not counted.
"""

from __future__ import annotations

from tallystick.reading.clauses import Verb, following, verb_at
from tallystick.reading.drafts import Draft
from tallystick.reading.items import Group, Item
from tallystick.reading.lists import list_from, list_until
from tallystick.reading.reduced import reduced, shared
from tallystick.reading.states import lives_at, state_at, states_in_groups
from tallystick.reading.subjects import subject_of
from tallystick.reading.victims import Finding, drafts_of

__all__ = ["harms_of"]


def harms_of(items: list[Item], sentence: int) -> list[Draft]:
    """Return the drafts of one sentence, in the order of its words."""
    findings: list[Finding] = []
    for at, item in enumerate(items):
        if "harm" in item.tags and "group" not in item.tags:
            finding = _finding(items, at, findings)
            if finding is not None:
                findings.append(finding)
        elif "claim-lives" in item.tags:
            findings += lives_at(items, at)
    findings += states_in_groups(items, findings)
    drafts: list[Draft] = []
    for finding in _joined(findings):
        drafts += drafts_of(items, finding)
    for draft in drafts:
        draft.sentence = sentence
    return sorted(drafts, key=lambda draft: (draft.at, draft.verb))


def _finding(items: list[Item], at: int, before: list[Finding]) -> Finding | None:
    item = items[at]
    forms, frame = item.entry.forms, item.entry.frame
    verb = verb_at(items, at)
    if _is_nominal(items, at):
        return _nominal(items, at, verb)
    if "part" in forms and _opens_inverted(items, at):
        return Finding(item, Verb(at, at + 1), list_from(items, at + 2), "inverted")
    if frame == "state" and not forms & {"past", "part"}:
        return state_at(items, verb, before)
    if frame == "subject" or (verb.is_passive and forms & {"past", "part"}):
        return _subject(items, verb, before, "subject" if frame == "subject" else "passive")
    if forms <= {"count", "noun", "state"}:
        return None
    return _with_object(items, verb, before)


def _opens_inverted(items: list[Item], at: int) -> bool:
    """Say whether “Also killed were 125 members” stands here."""
    if at + 2 >= len(items) or "be" not in items[at + 1].tags or at > 2:
        return False
    group = items[at + 2].group
    opens = all(item.tags & {"adverb", "separate", "and"} for item in items[:at])
    return opens and group is not None and group.number is not None


def _with_object(items: list[Item], verb: Verb, before: list[Finding]) -> Finding | None:
    """Read an active verb, or a participle that stands for a passive."""
    item = items[verb.at]
    if "ing" in item.entry.forms and not verb.is_passive:
        return _active(items, verb, before)
    found = _active(items, verb, before) or reduced(items, verb, before)
    if found is None and item.word.startswith(("evacuat", "relocat")):
        return _subject(items, verb, before, "subject")
    return found


def _is_nominal(items: list[Item], at: int) -> bool:
    forms = items[at].entry.forms
    if not forms & {"noun", "ing", "count"} or at + 1 >= len(items):
        return False
    return "of" in items[at + 1].tags or items[at + 1].word in ("de", "des", "d'")


def _nominal(items: list[Item], at: int, verb: Verb) -> Finding | None:
    if at + 2 >= len(items) or "group" not in items[at + 2].tags:
        return None
    group = items[at + 2].group
    if group is None or (group.state is not None and group.head == ""):
        return None
    finding = Finding(items[at], verb, list_from(items, at + 2), "nominal")
    finding.span_from = at
    return finding


def _active(items: list[Item], verb: Verb, before: list[Finding]) -> Finding | None:
    forms = items[verb.at].entry.forms
    if not forms & {"past", "base", "third", "ing"} or verb.is_passive:
        return None
    found = following(items, verb.at)
    if found is None:
        return _active_pronoun(items, verb) or _shares_object(items, verb)
    if not _may_suffer(items, found):
        return None
    if "base" in forms and not forms & {"past"} and not _is_verb_here(items, verb):
        return None
    finding = Finding(items[verb.at], verb, list_from(items, found), "active")
    finding.actor = _actor_left(items, verb, before)
    finding.companions = _companions(items, finding.victims[-1], finding.kind)
    if finding.is_weak and finding.kind == "injured" and _to_death(items, finding.victims[-1]):
        finding.kind, finding.is_weak = "killed", False
    if finding.is_weak and finding.kind == "abducted" and _into_custody(items, finding.victims[-1]):
        finding.kind, finding.is_weak = "detained", False
    return finding


def _to_death(items: list[Item], last: int) -> bool:
    """Read the end of “hacked a trader to death”, “shot two men dead”."""
    return any("to-death" in item.tags for item in items[last + 1 : last + 4])


def _into_custody(items: list[Item], last: int) -> bool:
    return any("into-custody" in item.tags for item in items[last + 1 : last + 4])


def _active_pronoun(items: list[Item], verb: Verb) -> Finding | None:
    """Read “killed them”, “shot him dead”."""
    after = verb.at + 1
    if after >= len(items) or items[after].word not in ("them", "him", "her"):
        return None
    if items[after].word == "her" and "group" in items[min(after + 1, len(items) - 1)].tags:
        return None
    finding = Finding(items[verb.at], verb, [after], "active")
    if finding.is_weak and finding.kind == "injured" and _to_death(items, after):
        finding.kind, finding.is_weak = "killed", False
    return finding


def _shares_object(items: list[Item], verb: Verb) -> Finding | None:
    """Read “abducted and later killed two youths”: both verbs have one object."""
    here = verb.at + 1
    if here >= len(items) or ("and" not in items[here].tags and "comma" not in items[here].tags):
        return None
    while here < len(items) and items[here].tags & {"and", "comma", "adverb", "sub"}:
        here += 1
    if here >= len(items) or "harm" not in items[here].tags or "group" in items[here].tags:
        return None
    if not items[here].entry.forms & {"past", "base", "third", "ing"}:
        return None
    found = following(items, here)
    if found is None or not _may_suffer(items, found) or verb_at(items, here).is_passive:
        return None
    finding = Finding(items[verb.at], verb, list_from(items, found), "active")
    finding.actor = _actor_left(items, verb, [])
    return finding


def _is_verb_here(items: list[Item], verb: Verb) -> bool:
    return (
        bool(verb.words)
        or verb.at == 0
        or bool(items[verb.at - 1].tags & {"group", "and", "comma"})
    )


def _may_suffer(items: list[Item], at: int) -> bool:
    group = items[at].group
    return group is not None and not group.is_thing


def _actor_left(items: list[Item], verb: Verb, before: list[Finding]) -> int | None:
    here = verb.start - 1
    if (
        here >= 0
        and items[here].tags & {"and", "comma"}
        and before
        and before[-1].actor is not None
    ):
        return before[-1].actor
    return subject_of(items, verb.start)


def _subject(items: list[Item], verb: Verb, before: list[Finding], rule: str) -> Finding | None:
    forms = items[verb.at].entry.forms
    if forms <= {"noun", "count"}:
        return None
    same = shared(items, verb, before)
    if same is not None and verb.start == verb.at:
        return same
    found = subject_of(items, verb.start)
    if found is None:
        return same or _inverted(items, verb)
    if "group" not in items[found].tags:
        return Finding(items[verb.at], verb, [found], rule)
    finding = Finding(items[verb.at], verb, list_until(items, found), rule, by_list=True)
    if any("identify" in item.tags for item in items[found + 1 : found + 3]):
        finding.victims += _joined_last(items, verb.start - 1)
    finding.companions = (
        _companions(items, verb.at, finding.kind)
        or _joined_by(items, found, verb.start)
        or _in_other_unit(items, finding.victims[-1])
    )
    if rule == "passive":
        finding.actor = _actor_right(items, verb.at)
    return finding


def _joined_last(items: list[Item], at: int) -> list[int]:
    """Return the son of “a man, identified as X, and his son were …”."""
    group = items[at].group
    is_other = group is not None and group.is_person and group.det != "name"
    return [at] if is_other and "and" in items[at - 1].tags else []


def _inverted(items: list[Item], verb: Verb) -> Finding | None:
    """Read “murieron cinco personas”: the subject stands after its verb."""
    found = following(items, verb.at)
    group = items[found].group if found is not None else None
    if found is None or group is None or group.number is None or not group.is_person:
        return None
    return Finding(items[verb.at], verb, list_from(items, found), "inverted")


def _companions(items: list[Item], at: int, kind: str) -> list[int]:
    """Return those of “was killed along with 12 others”, “…, together with his wife”."""
    here = at + 1
    while here < len(items) and items[here].tags & {"comma", "adverb"}:
        here += 1
    if here + 1 >= len(items) or items[here].word not in _WITH:
        return []
    group = items[here + 1].group
    is_plain = items[here].word == "with"
    is_sure = not is_plain or (group is not None and group.is_person and kind == "killed")
    return list_from(items, here + 1) if is_sure and group is not None and _is_told(group) else []


_WITH = frozenset({"along with", "together with", "alongside", "with"})


def _in_other_unit(items: list[Item], at: int) -> list[int]:
    """Return the people of “3,800 families, or more than 18,000 people,” also in brackets."""
    here = at + 1
    if here < len(items) and "comma" in items[here].tags:
        here += 1
    if here + 1 >= len(items) or not (
        "open" in items[here].tags or items[here].word in ("or", "o", "ou")
    ):
        return []
    one, other = items[at].group, items[here + 1].group
    if one is None or other is None or one.number is None or other.number is None:
        return []
    return [here + 1] if other.is_person and one.unit != other.unit else []


def _joined_by(items: list[Item], first: int, end: int) -> list[int]:
    """Return those of “X alias Y along with three others was arrested”."""
    for here in range(end - 1, first, -1):
        if items[here].tags & {"be", "have", "say"}:
            return []
        if items[here].word in _WITH and items[here].word != "with":
            return [at for at in list_from(items, here + 1) if here < at < end]
    return []


def _is_told(group: Group) -> bool:
    """Say whether a group names or counts people."""
    kin = group.det == "possessive" and group.is_person
    return group.is_counted or group.det == "name" or kin


def _actor_right(items: list[Item], at: int) -> int | None:
    for here in range(at + 1, min(at + 9, len(items))):
        tags = items[here].tags
        if "by" in tags:
            return here + 1 if here + 1 < len(items) and "group" in items[here + 1].tags else None
        if tags & {"sub", "semi", "rel", "harm"}:
            return None
    return None


def _on_same_object(finding: Finding, kept: list[Finding]) -> Finding | None:
    for other in kept:
        if other.victims == finding.victims and other.rule == finding.rule == "active":
            return other
    return None


def _joined(findings: list[Finding]) -> list[Finding]:
    """Make one joint count of “killed or injured”; drop a weak harm beside a plain one."""
    kept: list[Finding] = []
    for finding in findings:
        other = finding.shared_with or _on_same_object(finding, kept)
        if other is None or not _is_taken_in(finding, other):
            kept.append(finding)
    return kept


def _is_taken_in(finding: Finding, other: Finding) -> bool:
    """Let an earlier finding take in a later one of the same people, where they are one."""
    if {other.kind, finding.kind} != {"killed", "injured"}:
        return other.kind == finding.kind
    if other.is_weak:
        other.kind, other.is_weak = finding.kind, finding.is_weak
    elif not finding.is_weak:
        other.kind = "killed+injured"
    return True
