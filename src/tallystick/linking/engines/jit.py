"""Compile inner loops with numba: the one file that imports it."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, cast

import numba

__all__ = ["THREADS", "in_parts", "inlined", "jit", "lean"]

F = TypeVar("F", bound=Callable[..., Any])
_PART = 16384
# ``_nrt``: without numba's runtime, which counts references.
_LEAN: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}
THREADS = min(os.cpu_count() or 2, 8)


def jit(function: F) -> F:
    """Compile; the machine code is kept between runs and other threads go on meanwhile."""
    # numba's own type hides the signature that the function keeps.
    return cast(F, numba.njit(cache=True, nogil=True)(function))


def lean(function: F) -> F:
    """Compile what makes no array: then references to those it is handed need no counting.

    Counting costs as much as comparing two words, and two threads that count the same references
    wait for each other. What would make an array does not compile so.
    """
    return cast(F, numba.njit(**_LEAN)(function))


def inlined(function: F) -> F:
    """Compile a small lean part into whatever calls it: handing it a world costs more than it."""
    return cast(F, numba.njit(**_LEAN, forceinline=True)(function))


def in_parts(work: Callable[[int, int], object], n: int) -> None:
    """Do compiled work on [first, last) parts of n things, on a few threads.

    Each part writes its own rows, so the outcome does not depend on who was first.
    """
    cuts = [(first, min(first + _PART, n)) for first in range(0, n, _PART)]
    if len(cuts) < 2:
        for first, last in cuts:
            work(first, last)
        return
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda cut: work(*cut), cuts))
