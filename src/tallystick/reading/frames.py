"""Find who was harmed, verb by verb: each harm word has a frame that says where its victims stand.

Passive (“N were killed by A”: A is the actor, never a victim), active (“killed N”), headline
(“kills N”), nominal (“the killing of N”), state (“N dead”), causative (“left N dead”, “claimed N
lives”) and count nouns (“N deaths”). What no frame takes is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.reading.clauses import (
    Verb,
    following,
    list_from,
    list_until,
    subject_of,
    verb_at,
)
from tallystick.reading.drafts import Draft
from tallystick.reading.items import Item
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
            findings += _lives(items, at)
    findings += _states_in_groups(items, findings)
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
    if forms & {"count"} and not forms & {"past", "part", "state", "ing"}:
        return None
    if frame == "state" and not forms & {"past", "part"}:
        return _state(items, verb, before)
    if frame == "subject":
        return _subject(items, verb, before, "subject")
    if "ing" in forms and not verb.is_passive:
        return _active(items, verb, before)
    if verb.is_passive and forms & {"past", "part"}:
        return _subject(items, verb, before, "passive")
    found = _active(items, verb, before) or _reduced(items, verb, before)
    if found is None and item.word.startswith(("evacuat", "relocat")):
        return _subject(items, verb, before, "subject")
    return found


def _is_nominal(items: list[Item], at: int) -> bool:
    forms = items[at].entry.forms
    if not forms & {"noun", "ing", "count"} or at + 1 >= len(items):
        return False
    if "of" not in items[at + 1].tags and items[at + 1].word not in ("de", "des", "d'"):
        return False
    return True


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
    if after < len(items) and items[after].word in ("them", "him", "her"):
        if items[after].word != "her" or "group" not in items[min(after + 1, len(items) - 1)].tags:
            finding = Finding(items[verb.at], verb, [after], "active")
            if finding.is_weak and finding.kind == "injured" and _to_death(items, after):
                finding.kind, finding.is_weak = "killed", False
            return finding
    return None


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


def _reduced(items: list[Item], verb: Verb, before: list[Finding]) -> Finding | None:
    """Read “six killed in a strike”: a participle right after its group."""
    if not items[verb.at].entry.forms & {"past", "part", "state"} or verb.is_perfect:
        return None
    left = _group_left(items, verb.start)
    left = _before_commas(items, verb) if left is None else left
    if left is None:
        return _shared(items, verb, before) or _coordinated(items, verb)
    group = items[left].group
    if group is not None and group.number is None and not group.is_person and not group.names:
        left = _counted_before(items, left)
        group = items[left].group if left is not None else None
    if left is None or group is None or not (group.is_counted or group.is_person):
        return None
    if group.lo is None and not _reads_as_headline(items, verb):
        return None
    return Finding(items[verb.at], verb, list_until(items, left), "reduced", by_list=True)


def _before_commas(items: list[Item], verb: Verb) -> int | None:
    """Read “four people, possibly all civilians, killed in an attack”."""
    here = verb.start - 1
    if here < 2 or "comma" not in items[here].tags or not _reads_as_headline(items, verb):
        return None
    found = subject_of(items, verb.start)
    if found is None or not any("comma" in item.tags for item in items[found:here]):
        return None
    group = items[found].group
    return found if group is not None and group.number is not None else None


def _coordinated(items: list[Item], verb: Verb) -> Finding | None:
    """Read “was ambushed and shot dead”: the subject of the passive before it."""
    here = verb.start - 1
    if here < 0 or not items[here].tags & {"and", "comma"}:
        return None
    if here > 1 and items[here - 1].word.endswith("ed") and _is_plain_count(items, here - 2):
        return Finding(items[verb.at], verb, [here - 2], "reduced", by_list=True)
    for at in range(here, max(here - 9, -1), -1):
        tags = items[at].tags
        if tags & {"semi", "sub"} and "adverb" not in tags:
            return None
        if "be" in tags:
            found = subject_of(items, verb_at(items, at + 1).start)
            if found is None or "group" not in items[found].tags:
                return (
                    Finding(items[verb.at], verb, [found], "passive") if found is not None else None
                )
            return Finding(items[verb.at], verb, list_until(items, found), "passive", by_list=True)
    return None


def _counted_before(items: list[Item], left: int) -> int | None:
    """Return the counted people before an unknown group: “2 nurses running a clinic killed”."""
    for at in range(left - 1, max(left - 6, -1), -1):
        if items[at].tags & {"semi", "sub", "comma"}:
            return None
        group = items[at].group
        if group is not None and group.is_counted and group.is_person:
            return at
    return None


def _reads_as_headline(items: list[Item], verb: Verb) -> bool:
    return verb.at + 1 >= len(items) or bool(
        items[verb.at + 1].tags & {"prep", "comma", "by", "and", "date", "sub"}
    )


def _group_left(items: list[Item], start: int) -> int | None:
    here = start - 1
    while here >= 0 and items[here].tags & {"adverb", "tick", "quote"}:
        here -= 1
    if here >= 0 and "close" in items[here].tags:
        while here >= 0 and "open" not in items[here].tags:
            here -= 1
        here -= 1
    if here >= 0 and _is_plain_count(items, here):
        return here
    if here < 0 or "group" not in items[here].tags:
        if here >= 1 and "rel" in items[here].tags:
            return _group_left(items, here)
        return None
    return subject_of(items, here + 1)


# Prepositions after which a counted group may still be the one that was harmed.
_OUTSIDE = frozenset({"for", "with", "among", "amongst", "after"})


def _is_plain_count(items: list[Item], at: int) -> bool:
    """Say whether a number of people stands here that hangs on nothing: “the seven students”."""
    group = items[at].group
    if group is None or group.number is None or group.is_thing or not group.is_counted:
        return False
    if at > 0 and "of" in items[at - 1].tags:
        return group.det == "the"
    if (
        at > 0
        and items[at - 1].tags & {"subset", "identify", "prep"}
        and items[at - 1].word not in _OUTSIDE
    ):
        return False
    return at == 0 or not items[at - 1].tags & {"by", "and"}


def _shared(items: list[Item], verb: Verb, before: list[Finding]) -> Finding | None:
    """Take the victims of the verb before: “were abducted and later killed”."""
    if not before:
        return None
    last = before[-1]
    between = items[last.verb.at + 1 : verb.start]
    joint = [
        item for item in between if item.tags & {"and", "comma", "adverb", "date", "sub", "slash"}
    ]
    if not between or len(joint) != len(between) or last.rule == "nominal":
        return None
    if last.rule == "active" and items[verb.at].entry.frame != "object":
        return None
    finding = Finding(items[verb.at], verb, last.victims, last.rule, by_list=last.by_list)
    finding.shared_with = last
    finding.joint = between[-1].word if between[-1].tags & {"and", "slash"} else between[0].word
    return finding


def _subject(items: list[Item], verb: Verb, before: list[Finding], rule: str) -> Finding | None:
    forms = items[verb.at].entry.forms
    if forms <= {"noun", "count"}:
        return None
    shared = _shared(items, verb, before)
    if shared is not None and verb.start == verb.at:
        return shared
    found = subject_of(items, verb.start)
    if found is None:
        return shared
    if "group" not in items[found].tags:
        return Finding(items[verb.at], verb, [found], rule)
    finding = Finding(items[verb.at], verb, list_until(items, found), rule, by_list=True)
    finding.companions = _companions(items, verb.at)
    if rule == "passive":
        finding.actor = _actor_right(items, verb.at)
    return finding


def _companions(items: list[Item], at: int) -> list[int]:
    """Return those of “was killed along with 12 others”."""
    here = at + 1
    if here + 1 < len(items) and items[here].word in ("along with", "together with"):
        if "group" in items[here + 1].tags:
            return list_from(items, here + 1)
    return []


def _actor_right(items: list[Item], at: int) -> int | None:
    for here in range(at + 1, min(at + 9, len(items))):
        tags = items[here].tags
        if "by" in tags:
            return here + 1 if here + 1 < len(items) and "group" in items[here + 1].tags else None
        if tags & {"sub", "semi", "rel", "harm"}:
            return None
    return None


def _state(items: list[Item], verb: Verb, before: list[Finding]) -> Finding | None:
    """Read “N dead”, “were missing”, “left 8 soldiers and 21 rebels dead”."""
    left = _group_left(items, verb.start)
    if left is not None:
        cause = _causative_before(items, left)
        if cause is not None:
            return Finding(items[verb.at], verb, list_until(items, left), "causative")
        group = items[left].group
        if group is None or not (group.is_counted or verb.is_passive):
            return None
        return Finding(items[verb.at], verb, list_until(items, left), "state", by_list=True)
    return _found_so(items, verb) or _shared(items, verb, before)


def _causative_before(items: list[Item], left: int) -> int | None:
    first = list_until(items, left)[0]
    for here in range(first - 1, max(first - 3, -1), -1):
        if items[here].tags & {"leave", "found"}:
            return first
        if not items[here].tags & {"adverb", "prep"}:
            return None
    return None


def _found_so(items: list[Item], verb: Verb) -> Finding | None:
    """Read “were found dead”, “was left dead”, “went missing”, “are feared dead”."""
    here = verb.start - 1
    while here >= 0 and items[here].tags & {"found", "leave", "say", "word", "unreal"}:
        here -= 1
    if here == verb.start - 1 or here < 0:
        return None
    outer = verb_at(items, here + 1)
    found = subject_of(items, outer.start)
    if found is None or "group" not in items[found].tags:
        return None
    verb.is_negated |= outer.is_negated
    return Finding(items[verb.at], verb, list_until(items, found), "state", by_list=True)


def _lives(items: list[Item], at: int) -> list[Finding]:
    """Read “claimed 12 lives”; the group’s head says what was lost."""
    found = following(items, at)
    if found is None:
        return []
    group = items[found].group
    if group is None or group.state is None or "li" not in group.head[:2] or not group.is_counted:
        return []
    finding = Finding(Item(0, 0, "", group.state), verb_at(items, at), [found], "lives")
    return [finding]


def _states_in_groups(items: list[Item], findings: list[Finding]) -> Iterator[Finding]:
    """Read “12 deaths”, “22 injured”, “three abducted policemen” that no verb has taken."""
    taken = {at for finding in findings for at in finding.victims}
    for at, item in enumerate(items):
        group = item.group
        if group is None or group.state is None or not group.is_counted:
            continue
        if at in taken and any(
            at in finding.victims and finding.word.entry.kind == group.state.kind
            for finding in findings
        ):
            continue
        if group.lo == 0 and at + 1 < len(items) and False:
            continue
        verb = Verb(at, at)
        yield Finding(Item(item.start, item.end, "", group.state), verb, [at], "count")


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
        if other is not None and {other.kind, finding.kind} == {"killed", "injured"}:
            if other.is_weak or finding.is_weak:
                if other.is_weak:
                    other.kind, other.is_weak = finding.kind, finding.is_weak
                continue
            other.kind = "killed+injured"
            continue
        if other is not None and other.kind == finding.kind:
            continue
        kept.append(finding)
    return kept
