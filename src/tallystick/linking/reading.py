"""Read many names, on two processes where that is worth it; remember what was read."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

from tallystick.linking.engines.jit import THREADS
from tallystick.linking.roles import Roles, roles_of

__all__ = ["Remembered", "read_all"]

T = TypeVar("T")
# Below so many names a second process costs more than it saves.
MANY = 20_000


class Remembered(dict[str, T]):
    """Work each answer out once."""

    def __init__(self, work: Callable[[str], T]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, text: str) -> T:
        self[text] = answer = self._work(text)
        return answer


def read_all(names: Sequence[str]) -> dict[str, Roles]:
    """Read distinct names, each by itself: so it does not matter who reads which."""
    is_one = len(names) < MANY or THREADS < 2
    if is_one or "fork" not in multiprocessing.get_all_start_methods():
        return {name: roles_of(name) for name in names}
    half = len(names) // 2
    context = multiprocessing.get_context("fork")
    taken, given = context.Pipe(duplex=False)
    child = context.Process(target=_hand_over, args=(given, names[half:]), daemon=True)
    child.start()
    given.close()
    read = [roles_of(name) for name in names[:half]]
    try:
        read += taken.recv()
    except EOFError:
        # It was stopped, by want of memory most likely.
        read += [roles_of(name) for name in names[half:]]
    child.join()
    return dict(zip(names, read, strict=True))


def _hand_over(given: Connection, names: Sequence[str]) -> None:
    given.send([roles_of(name) for name in names])
