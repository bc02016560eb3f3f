"""Laws of linking as a whole, on invented people in three lists and two scripts."""

import json
from functools import cache

import numpy as np
import pytest
from tests.invented_names import person
from tests.linking.invented_lists import entry, lists

from tallystick.linking import link
from tallystick.records import Entry, LinkVerdict


def run(entries, **more):
    return link(entries, rng=np.random.default_rng(1), **more)


def sets(linked):
    return {frozenset(person.entries) for person in linked.persons}


def truth_sets(truth):
    out = {}
    for record, who in truth.items():
        out.setdefault(who, set()).add(record)
    return {frozenset(records) for records in out.values()}


@cache
def example():
    entries, truth = lists(120)
    return entries, truth, run(entries)


def test_invented_people_in_two_scripts_are_found_again():
    _, truth, linked = example()
    right = sets(linked) & truth_sets(truth)

    assert len(right) / len(truth_sets(truth)) > 0.9


def test_the_count_and_its_interval_hold_the_truth():
    _, truth, linked = example()
    people = len(set(truth.values()))

    assert linked.count.lo <= people * 1.03
    assert linked.count.hi >= people * 0.97
    assert abs(linked.count.n / people - 1) < 0.08


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_rows_decides_nothing(seed):
    entries, _, linked = example()
    other = run([entries[at] for at in np.random.default_rng(seed).permutation(len(entries))])

    assert other.persons == linked.persons
    assert other.count == linked.count
    assert other.draws.tolist() == linked.draws.tolist()


def test_the_same_input_gives_the_same_draws():
    entries, _, linked = example()

    assert run(entries).draws.tolist() == linked.draws.tolist()


def test_six_batches_in_order_end_where_one_shot_does():
    entries, _, linked = example()
    batches = [entries[at::6] for at in range(6)]
    persons = ()
    for upto in range(1, 7):
        step = run([e for batch in batches[:upto] for e in batch], before=persons)
        persons = step.persons

    assert sets(step) == sets(linked)


def test_linking_again_keeps_every_id():
    entries, _, linked = example()

    assert run(entries, before=linked.persons).persons == linked.persons


def test_every_score_adds_up_from_its_reasons():
    linked = example()[2]
    together = next(p for p in linked.persons if len(p.entries) > 1)
    reasons = linked.why(*together.entries[:2])

    assert reasons.start + sum(step.moves for step in reasons.steps) == pytest.approx(
        reasons.log_odds, abs=1e-4
    )
    assert reasons.p == pytest.approx(1 / (1 + np.exp(-reasons.log_odds)))
    assert len(reasons.lines()) == 11


def said_of(left, right, says):
    left, right = sorted((left, right))
    return LinkVerdict(
        left=left, right=right, says=says, reason="two ages", author="r1", at="2025-01-01"
    )


def test_different_parts_two_and_touches_nothing_else():
    entries, _, linked = example()
    left, right = next(p for p in linked.persons if len(p.entries) == 2).entries
    after = run(entries, verdicts=[said_of(left, right, "different")])

    assert sets(after) == sets(linked) - {frozenset({left, right})} | {
        frozenset({left}),
        frozenset({right}),
    }


@pytest.mark.parametrize("says", ["same", "different"])
@pytest.mark.parametrize("seed", range(3))
def test_a_verdict_never_changes_an_unrelated_component(says, seed):
    """Persons and draws of all entries that no chain of pairs ties to the two stay as they were."""
    entries, _, linked = example()
    rng = np.random.default_rng(seed)
    left, right = rng.choice([e.id for e in entries], 2, replace=False).tolist()
    after = run(entries, verdicts=[said_of(left, right, says)])
    tied = {left, right}
    work = linked._work
    names = work.columns.ids
    pairs = [(names[i], names[j]) for i, j in zip(work.scored.left, work.scored.right, strict=True)]
    while more := {e for pair in pairs if tied & set(pair) for e in pair} - tied:
        tied |= more
    far = [at for at, entry in enumerate(linked.entries) if entry not in tied]

    assert {p for p in sets(after) if not p & tied} == {p for p in sets(linked) if not p & tied}
    assert after.entries == linked.entries
    assert after.draws[:, far].tolist() == linked.draws[:, far].tolist()
    if says == "same":
        assert any({left, right} <= p for p in sets(after))


def test_the_rules_recall_is_published():
    assert 0.9 < example()[2].blocking <= 1.0


@cache
def doubtful():
    """Forty more entries with a given name and a place alone."""
    bare = [
        entry(n, "d", name=person(n).name("ar").split()[0], died="", age=None, region="")
        for n in range(40)
    ]
    entries = [*example()[0], *bare]
    return entries, run(entries)


def test_a_settled_question_is_not_asked_again():
    entries, linked = doubtful()
    question = linked.questions(5)[0]
    left, right = sorted((question.left[0], question.right[0]))
    said = LinkVerdict(
        left=left, right=right, says="different", reason="seen", author="r1", at="2025-01-01"
    )
    again = run(entries, verdicts=[said]).questions(5)

    assert (question.left, question.right) not in {(q.left, q.right) for q in again}


def test_questions_come_by_what_they_may_change():
    changes = [question.changes for question in doubtful()[1].questions(50)]

    assert len(changes) > 3
    assert changes == sorted(changes, reverse=True)


def test_nobody_known_is_never_linked():
    unknown = [entry(n, a_list, name="مجهول الهوية") for n in range(4) for a_list in "ab"]
    linked = run([*unknown, entry(50, "a"), entry(50, "b")])

    assert sum(len(p.entries) == 1 and not p.named for p in linked.persons) == 8
    assert linked.unnamed == 8
    assert linked.count.n == 1


def test_siblings_killed_together_stay_apart():
    names = ["سامر خالد الزرنوب", "نبيل خالد الزرنوب", "هدى خالد الزرنوب", "ريم خالد الزرنوب"]
    rows = [
        entry(
            1,
            a_list,
            id=f"{a_list}{at}",
            name=name,
            died="2021-05-04",
            sex="female" if at > 1 else "male",
            age=None,
        )
        for a_list in "ab"
        for at, name in enumerate(names)
    ]
    found = sets(run(rows))

    assert found == {frozenset({f"a{at}", f"b{at}"}) for at in range(4)}


def test_five_hundred_rows_alike_are_one_person_with_an_alarm():
    rows = [entry(2, id=f"x{at:03d}") for at in range(500)] + [entry(9, "a"), entry(9, "b", "lat")]
    linked = run(rows)
    largest = max(len(p.entries) for p in linked.persons)

    assert largest > 400
    assert "linking.alarm-too-many" in {alarm.code for alarm in linked.alarms}
    assert "linking.rows-pasted" in {issue.code for issue in linked.issues}
    assert frozenset({"a00009", "b00009"}) in sets(linked)


def test_a_number_alone_does_not_join_two_people():
    one, other = entry(2, "a", number="991"), entry(33, "b", number="991")
    linked = run([one, other])

    assert person(2).sex != person(33).sex
    assert len(linked.persons) == 2
    assert "linking.number-shared" in {issue.code for issue in linked.issues}


@pytest.mark.parametrize("rows", [[], [Entry(id="x", list="a")], [entry(3)]])
def test_hardly_anything_is_linked_all_the_same(rows):
    linked = run(rows)

    assert len(linked.persons) == len(rows)


def test_persons_are_json():
    assert json.dumps([p.as_json() for p in example()[2].persons])


def test_nothing_is_asked_twice():
    asked = [frozenset({q.left, q.right}) for q in doubtful()[1].questions(500)]

    assert asked
    assert len(set(asked)) == len(asked)
