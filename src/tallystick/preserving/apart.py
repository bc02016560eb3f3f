"""Read formats that need a large parser in a child process that can do no harm.

The child has a limit of memory and of time, cannot open a network connection, start a program or
write a file. When it dies or is too slow it is ended, and the document gets an issue.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType

__all__ = ["Answer", "Apart", "Limits"]

_START = (
    "import json, sys\n"
    "sys.path[:] = json.loads(sys.argv[1])\n"
    "from tallystick.preserving.children.child import serve\n"
    "serve(json.loads(sys.argv[2]))\n"
)
_HEAD = 8
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Hold what one document may cost.

    Args:
        seconds: Of the clock, from request to answer.
        megabytes: Of memory, for the whole child.
        documents: After how many a fresh child takes over.
    """

    seconds: int = 30
    megabytes: int = 512
    documents: int = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what the child said: its fields, or why there is none (``trouble``)."""

    told: Mapping[str, object]
    trouble: str = ""


class Apart:
    """Hold the child; it is started at the first request and ended with the block."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._done = 0

    def __enter__(self) -> Apart:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        trouble: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the child, whatever it does."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
        self._child, self._done = None, 0

    def read(self, reader: str, data: bytes, **said: str) -> Answer:
        """Let the child read one document.

        Args:
            reader: Which of the child's readers.
            data: The bytes.
            said: What is known beside them.
        """
        if self._done >= self._limits.documents:
            self.end()
        child = self._child or self._started()
        self._done += 1
        head = json.dumps({"reader": reader, "said": said}).encode()
        try:
            answer = self._asked(child, _framed(head) + _framed(data))
        except BrokenPipeError:
            answer = None
        if answer is None:
            return self._given_up(child)
        told = json.loads(answer)
        return Answer(told, str(told.get("trouble", "")))

    def _started(self) -> subprocess.Popen[bytes]:
        limits = json.dumps({"seconds": self._limits.seconds, "megabytes": self._limits.megabytes})
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own code
            [sys.executable, "-I", "-c", _START, json.dumps(sys.path), limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"PYTHONUTF8": "1", "PYTHONHASHSEED": "0"},
        )
        return self._child

    def _asked(self, child: subprocess.Popen[bytes], request: bytes) -> bytes | None:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(request)
        child.stdin.flush()
        until = time.monotonic() + self._limits.seconds
        head = _wait_for(child.stdout.fileno(), _HEAD, until)
        return head and _wait_for(child.stdout.fileno(), int.from_bytes(head, "big"), until)

    def _given_up(self, child: subprocess.Popen[bytes]) -> Answer:
        try:
            # A child that fell has closed its pipe already; give the system a moment to say so.
            child.wait(timeout=0.2)
            died = True
        except subprocess.TimeoutExpired:
            died = False
        self.end()
        return Answer({}, "too-much" if died else "too-slow")


def _framed(data: bytes) -> bytes:
    return len(data).to_bytes(_HEAD, "big") + data


def _wait_for(descriptor: int, size: int, until: float) -> bytes | None:
    found = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while len(found) < size:
            if not selector.select(max(0.0, until - time.monotonic())):
                return None
            piece = os.read(descriptor, min(_PIECE, size - len(found)))
            if not piece:
                return None
            found += piece
    return bytes(found)
