"""The child that runs large parsers can do no harm, and its end harms nobody."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tallystick.preserving import Apart, Limits
from tallystick.preserving.children.child import READERS

PAGE = b"<html><body><article><p>At least 12 people were killed there.</p></article></body></html>"
# What a parser that was taken over would try, each in a child that gave up its powers.
ATTEMPTS = {
    "connect": "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
    "listen": "import socket; socket.socket().bind(('127.0.0.1', 0))",
    "resolve": "import socket; socket.getaddrinfo('localhost', 80)",
    "start a program": "import subprocess; subprocess.run(['true'])",
    "start a shell": "import os; os.system('true')",
    "fork": "import os; os.fork()",
    "become another program": "import os; os.execv('/bin/true', ['true'])",
    "write a file": "open('/tmp/tallystick-child-wrote-this', 'w')",
    "add to a file": "open('/tmp/tallystick-child-wrote-this', 'ab')",
    "remove a file": "import os; os.remove('/tmp/tallystick-child-wrote-this')",
    "load a library": "import ctypes; ctypes.CDLL(None)",
    "raise its limits": "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "take much memory": "bytes(1 << 30)",
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_a_parser_may_not(attempt):
    program = (
        "from tallystick.preserving.children.child import give_up_powers\n"
        "give_up_powers({'megabytes': 512})\n"
        f"try:\n    {attempt}\n"
        "except (OSError, MemoryError, ValueError, PermissionError):\n    print('refused')\n"
        "else:\n    print('done')\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert "refused\n" == told.stdout, told.stderr


def test_a_file_grown_through_an_open_descriptor_is_cut_off(tmp_path):
    program = (
        "import os, sys\n"
        "from tallystick.preserving.children.child import give_up_powers\n"
        f"descriptor = os.open({str(tmp_path / 'a')!r}, os.O_WRONLY | os.O_CREAT)\n"
        "give_up_powers({'megabytes': 512})\n"
        "os.write(descriptor, b'x')\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert 0 != told.returncode
    assert b"" == (tmp_path / "a").read_bytes()


def test_one_child_reads_one_document_after_the_other():
    with Apart() as apart:
        first = apart.read("page", PAGE)
        child = apart._child.pid
        second = apart.read("page", PAGE)

        assert child == apart._child.pid
    assert first == second
    assert "At least 12 people" in first.told["text"]


def test_a_fresh_child_takes_over_after_its_share_of_documents():
    with Apart(Limits(documents=1)) as apart:
        apart.read("page", PAGE)
        child = apart._child.pid
        apart.read("page", PAGE)

        assert child != apart._child.pid


def test_a_document_that_takes_too_long_is_given_up_and_the_next_one_is_read():
    with Apart(Limits(seconds=0)) as apart:
        assert "too-slow" == apart.read("page", PAGE).trouble

        apart._limits = Limits()

        assert "" == apart.read("page", PAGE).trouble


def test_a_child_that_was_killed_is_told_of_and_the_next_one_reads():
    with Apart() as apart:
        apart.read("page", PAGE)
        apart._child.kill()
        apart._child.wait()

        assert "too-much" == apart.read("page", PAGE).trouble
        assert "" == apart.read("page", PAGE).trouble


@pytest.mark.slow
def test_a_document_that_needs_too_much_memory_is_given_up_and_the_next_one_is_read():
    large = b"<html><body>" + b"<p>word</p>" * 3_000_000
    with Apart(Limits(megabytes=160)) as apart:
        assert "too-much" == apart.read("page", large).trouble
        assert "" == apart.read("page", PAGE).trouble


def test_a_page_nested_too_deep_is_not_read_by_half():
    with Apart() as apart:
        assert "too-much" == apart.read("page", PAGE + b"<div>" * 300_000 + b"x").trouble


def test_what_a_parser_raises_is_told_without_a_word_of_the_document():
    with Apart() as apart:
        answer = apart.read("page", b"\xff not what it promised to be")

    assert ("damaged", {"trouble": "damaged", "says": "UnicodeDecodeError"}) == (
        answer.trouble,
        answer.told,
    )


def test_ending_twice_is_no_trouble():
    apart = Apart()
    apart.end()
    apart.read("page", PAGE)
    child = apart._child.pid
    apart.end()
    apart.end()

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_the_readers_are_those_that_the_formats_ask_for():
    assert {"page", "sheets"} == set(READERS)
