"""Share work among several processes, where the system can fork one that knows all we know.

What comes back does not depend on how many processes there were: each piece of work is done as a
whole by one of them, and the answers stand in the order of the pieces.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

__all__ = ["in_order", "without_collecting"]

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")

# What a forked process does, and with what: inherited, since it is too large to be sent.
_inherited: tuple[Callable[..., object], Sequence[object]] | None = None


def in_order(
    work: Callable[[Piece], Answer], pieces: Sequence[Piece], cores: int, *, are_large: bool = False
) -> Iterator[Answer]:
    """Yield the answer to each piece, in order.

    Args:
        work: What is done with a piece; it changes nothing.
        pieces: Each is done by one process.
        cores: How many processes may work at a time; one that was forked forks no more.
        are_large: Even two pieces are worth two processes.
    """
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    can_fork &= not multiprocessing.current_process().daemon
    if cores < 2 or len(pieces) < (2 if are_large else 2 * cores) or not can_fork:
        yield from map(work, pieces)
        return
    global _inherited  # the one way to hand a forked process what it inherits
    _inherited = (work, pieces)
    try:
        with multiprocessing.get_context("fork").Pool(cores, gc.disable) as pool:
            yield from pool.imap(_do, range(len(pieces)), chunksize=1 if are_large else 2)
    finally:
        _inherited = None


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let the collector of circles rest while millions of records are made that form none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _do(number: int) -> object:
    assert _inherited is not None, "a forked process has inherited its work"
    work, pieces = _inherited
    return work(pieces[number])
