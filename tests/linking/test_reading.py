"""Two processes read the same names as one, whatever becomes of the second."""

from __future__ import annotations

import os

import pytest
from tests.linking.invented_lists import lists

from tallystick.linking import reading
from tallystick.linking.roles import roles_of


def names():
    return sorted({entry.name for entry in lists(60)[0]})


def by_hand():
    return {name: roles_of(name) for name in names()}


@pytest.fixture
def two_processes(monkeypatch):
    monkeypatch.setattr(reading, "MANY", 2)
    monkeypatch.setattr(reading, "THREADS", 2)


def test_two_processes_read_as_one_does(two_processes):
    assert list(reading.read_all(names()).items()) == list(by_hand().items())


def test_what_a_stopped_process_leaves_unread_is_read_here(two_processes, monkeypatch):
    monkeypatch.setattr(reading, "_hand_over", lambda given, names: os._exit(9))

    assert reading.read_all(names()) == by_hand()


def test_an_answer_is_worked_out_once():
    asked = []
    remembered = reading.Remembered(lambda text: asked.append(text) or len(text))

    assert [remembered["abc"], remembered["abc"], asked] == [3, 3, ["abc"]]
