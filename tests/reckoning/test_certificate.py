"""A certificate proves its bound alone, and no changed number survives."""

from __future__ import annotations

import copy
import json
import subprocess
import sys

import pytest
from tests.reckoning.books import actors, places, random_book
from tests.reckoning.checker import TOOL, check, is_proved

from tallystick.reckoning import NoCertificate, Options, prove, reckon
from tallystick.records import short_id

HERE = places()
SHARED = 0  # a book whose bound two tellers share


def certificate(seed, **options):
    book = random_book(seed, spoilt=0.5)
    _, (proof,), _ = reckon(
        book.claims,
        [book.query],
        places=HERE,
        actors=actors(book.voices),
        options=Options(**options),
    )
    return json.loads(json.dumps(proof.as_json()))


def numbers_in(value, path=()):
    """Yield the path of every number, also of those written as words."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from numbers_in(each, (*path, name))
    elif isinstance(value, list):
        for i, each in enumerate(value):
            yield from numbers_in(each, (*path, i))
    elif (isinstance(value, int) and not isinstance(value, bool)) or (
        isinstance(value, str) and value.replace("/", "", 1).isdigit()
    ):
        yield path


def changed(told, path):
    other = copy.deepcopy(told)
    place = other
    for step in path[:-1]:
        place = place[step]
    number = place[path[-1]]
    place[path[-1]] = number + 1 if isinstance(number, int) else str(int(number.split("/")[0]) + 1)
    return other


def sealed(told):
    """Give a certificate the id of its words, as one who tampers would."""
    body = {name: value for name, value in told.items() if name not in ("id", "type")}
    return {"type": "certificate", "id": short_id("p", body), **body}


@pytest.mark.parametrize("apart", ["place-day", "single", "labels"])
@pytest.mark.parametrize("seed", range(4))
def test_a_certificate_alone_proves_its_bound(seed, apart):
    told = certificate(seed, apart=apart)

    assert is_proved(told)
    assert prove(told).holds


@pytest.mark.parametrize("seed", [0, 3, 5])
def test_no_changed_number_passes(seed):
    told = certificate(seed)
    paths = list(numbers_in(told))

    assert paths
    assert not [path for path in paths if is_proved(changed(told, path))]
    assert not [path for path in paths if _holds(changed(told, path))]


def _holds(told):
    try:
        return prove(told).holds
    except NoCertificate:
        return False


@pytest.mark.parametrize("field", ["at_least", "proves", "number", "lo", "value"])
def test_arithmetic_catches_what_is_sealed_anew(field):
    told = certificate(SHARED)
    used = [
        path
        for path in numbers_in(told)
        if path[-1] == field and path[0] != "query"
        and (field != "lo" or path == ("lo",))
    ]  # fmt: skip

    assert used
    for path in used:
        tampered = sealed(changed(told, path))
        assert not is_proved(tampered), path
        assert not _holds(tampered), path


def test_a_cell_cannot_be_weighed_twice():
    told = certificate(SHARED)
    teller = next(t for t in told["tellers"] if t["weights"])
    twin = copy.deepcopy(teller) | {"originator": "somebody else"}
    told["tellers"].append(twin)

    assert not is_proved(sealed(told))
    assert not _holds(sealed(told))


def test_another_word_for_what_tells_people_apart_is_refused():
    told = certificate(SHARED)
    told["premises"]["apart"] = "by hand"
    tampered = sealed(told)

    assert not is_proved(tampered)
    with pytest.raises(NoCertificate):
        prove(tampered)


def test_the_checker_stands_alone():
    text = TOOL.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 150
    assert "tallystick" not in [
        line.split()[1].split(".")[0]
        for line in text.splitlines()
        if line.startswith(("import", "from"))
    ]


def test_the_checker_answers_by_its_exit_code(tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    told = certificate(1)
    good.write_text(json.dumps(told), encoding="utf-8")
    bad.write_text(json.dumps(told | {"lo": told["lo"] + 1}), encoding="utf-8")

    outcomes = [
        subprocess.run(
            [sys.executable, "-I", TOOL, path], capture_output=True, check=False
        ).returncode
        for path in (good, bad)
    ]

    assert outcomes == [0, 4]


@pytest.mark.parametrize("told", [{}, {"lo": 3}, {"id": "p-1", "lo": "three"}])
def test_what_is_no_certificate_is_refused_in_words(told):
    with pytest.raises(NoCertificate):
        prove(told)


def test_a_certificate_says_what_about_made_wider(book):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-09 | killed | SY | 2030-01-08 | ~ 1400
    B | ..2030-01-09 | killed | SY-LA | 2030-01-08 | = 9
    """
    book.reckon(where="SY")
    rows = [row for teller in book.certificates[0].content["tellers"] for row in teller["claims"]]

    assert [(1330, [1400, 1400])] == [(row["lo"], row["about"]) for row in rows if "about" in row]
    check(json.loads(json.dumps(book.certificates[0].as_json())))
    book.reckon(where="SY", options=Options(soft="exact"))
    rows = [row for teller in book.certificates[0].content["tellers"] for row in teller["claims"]]
    assert all("about" not in row for row in rows)
