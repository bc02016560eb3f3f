from tests.invented_names import FAMILY_LATIN, person
from tests.linking.invented_lists import entry

from tallystick.linking.alarms import alarms_of
from tallystick.linking.columns import columns_of
from tallystick.linking.families import households_of
from tallystick.records import Person

DAY = "2021-05-04"


def alone(entries):
    return [Person(id=f"p-{e.id}", entries=(e.id,), p_match=(1.0,)) for e in entries]


def numbers(entries):
    return {e.id: at for at, e in enumerate(entries)}


def found(entries):
    return households_of(columns_of(entries), numbers(entries), alone(entries))


def named(n, name, **changes):
    return entry(n, name=name, died=DAY, **changes)


def test_siblings_of_one_day_are_one_household():
    children = [named(1, "Huda Samer Barduq"), named(2, "Tariq Samer Barduq")]
    (household,) = found(children)

    assert len(household.persons) == 2


def test_a_father_belongs_to_his_children():
    family = [named(1, "Samer Khaled Barduq"), named(2, "Tariq Samer Barduq")]

    assert len(found(family)) == 1


def test_a_wife_belongs_to_her_husband():
    family = [named(1, "سامر خالد بردوق"), named(2, "زوجة سامر بردوق"), named(3, "طارق سامر بردوق")]
    (household,) = found(family)

    assert len(household.persons) == 3


def test_two_families_of_one_day_stay_two():
    rows = [named(n, f"{person(n).given[1]} Samer {FAMILY_LATIN[n // 2]}") for n in range(4)]

    assert len(found(rows)) == 2


def test_years_apart_are_no_household():
    rows = [named(1, "Huda Samer Barduq"), entry(2, name="Tariq Samer Barduq", died="2015-01-01")]

    assert found(rows) == []


def codes(*entries):
    together = Person(id="p-x", entries=tuple(e.id for e in entries), p_match=(1.0,) * len(entries))
    return {alarm.code for alarm in alarms_of(columns_of(entries), numbers(entries), [together])}


def test_an_ordinary_person_raises_no_alarm():
    assert codes(entry(2, "a"), entry(2, "b", "lat")) == set()


def test_impossible_persons_raise_alarms():
    assert codes(entry(2, "a", birth_year=1980), entry(2, "b", birth_year=1999)) == {
        "linking.alarm-two-births"
    }
    assert codes(entry(2, "a", sex="male"), entry(2, "b", sex="female")) == {
        "linking.alarm-two-sexes"
    }
    assert codes(named(1, "Samer Khaled Barduq"), named(2, "Samer Nidal Barduq", a_list="b")) == {
        "linking.alarm-two-fathers",
        "linking.alarm-two-sexes",
    }


def test_one_list_naming_two_of_a_family_raises_an_alarm():
    assert "linking.alarm-one-list-twice" in codes(named(2, "سامر بردوق"), named(4, "هيثم بردوق"))


def test_more_than_thirty_entries_raise_an_alarm():
    assert codes(*[entry(2, id=f"r{at}") for at in range(31)]) == {"linking.alarm-too-many"}
    assert codes(*[entry(2, id=f"r{at}") for at in range(30)]) == set()
