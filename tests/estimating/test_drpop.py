import numpy as np

from tallystick.estimating import People, Settings, estimate_from_people, people_by_stratum


def people_by_age(n=4000, seed=1, known=True):
    """Old people are on both lists more often: lists are independent only given age."""
    rng = np.random.default_rng(seed)
    old = rng.random(n) < 0.5
    chance = np.where(old, 0.5, 0.12)
    listed = rng.random((n, 2)) < chance[:, None]
    seen = listed.any(axis=1)
    age = np.where(old, "old", "young") if known else np.where(rng.random(n) < 0.5, "x", "y")
    return People(("a", "b"), listed[seen].astype(np.uint8), {"age": list(age[seen])})


def test_what_is_known_of_people_takes_the_bias_away():
    with_age = estimate_from_people(people_by_age(), Settings()).estimate
    without = estimate_from_people(people_by_age(known=False), Settings()).estimate

    assert with_age.lo <= 4000 <= with_age.hi
    assert without.hi < 4000


def test_without_anything_known_it_is_refused():
    people = people_by_age()

    made = estimate_from_people(People(people.lists, people.listed, {}), Settings()).estimate

    assert "no-covariates" == made.refused.check


def test_lists_that_hardly_meet_are_refused():
    rng = np.random.default_rng(1)
    first = rng.random(200) < 0.5
    listed = np.stack([first, ~first], axis=1).astype(np.uint8)
    people = People(("a", "b"), listed, {"age": [str(x) for x in rng.integers(1, 90, 200)]})

    assert "thin-overlap" == estimate_from_people(people, Settings()).estimate.refused.check


def test_people_are_read_with_what_is_known_of_them():
    header = ["a", "b", "age", "place", "count"]
    rows = [["1", "0", "7", "x", "2"], ["1", "1", "30", "y", "1"], ["0", "0", "9", "x", "1"]]

    found = people_by_stratum(header, rows, by=["place"])

    assert [(("place", "x"),), (("place", "y"),)] == list(found)
    assert {"age": ["7", "7"]} == found[(("place", "x"),)].covariates
