"""Be the child: give up every power, then read one document after the other until the pipe ends.

It runs in a process of its own with an empty environment, and is started by ``apart`` alone.
"""

from __future__ import annotations

import ctypes
import json
import resource
import sys
from collections.abc import Callable, Mapping
from typing import BinaryIO, NoReturn

from tallystick.preserving.children.pages import read_page
from tallystick.preserving.children.sheets import read_sheets

__all__ = ["READERS", "give_up_powers", "serve"]

Reader = Callable[[bytes, Mapping[str, str]], dict[str, object]]
READERS: dict[str, Reader] = {"page": read_page, "sheets": read_sheets}
_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000
_FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod",
    "os.truncate", "shutil.", "ctypes.", "urllib.", "http.", "ftplib.", "smtplib.",
)  # fmt: skip


def give_up_powers(limits: Mapping[str, int]) -> None:
    """Take away memory beyond the limit, network, other programs and written files, for good."""
    _leave_the_network()
    most = limits["megabytes"] << 20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def _leave_the_network() -> None:
    # Where the system allows it, the process gets a network of its own that leads nowhere;
    # elsewhere the audit hook alone refuses.
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is not None:
        unshare(_NEW_USER_AND_NETWORK)


def _refuse(event: str, details: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"A parser may not do {event}.")
    if event == "open" and isinstance(details[1], str) and set(details[1]) & set("wax+"):
        raise PermissionError("A parser may not write.")


def serve(limits: Mapping[str, int]) -> NoReturn:
    """Answer requests until the pipe ends."""
    give_up_powers(limits)
    while (head := _frame(sys.stdin.buffer)) is not None:
        data = _frame(sys.stdin.buffer)
        if data is None:
            break
        _allow_seconds(limits["seconds"])
        asked = json.loads(head)
        answer = json.dumps(_answer(asked["reader"], data, asked["said"])).encode()
        sys.stdout.buffer.write(len(answer).to_bytes(8, "big") + answer)
        sys.stdout.buffer.flush()
    sys.exit(0)


def _frame(pipe: BinaryIO) -> bytes | None:
    head = pipe.read(8)
    return pipe.read(int.from_bytes(head, "big")) if len(head) == 8 else None


def _allow_seconds(more: int) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    until = int(usage.ru_utime + usage.ru_stime) + more + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _answer(reader: str, data: bytes, said: Mapping[str, str]) -> dict[str, object]:
    try:
        return READERS[reader](data, said)
    except MemoryError:
        return {"trouble": "too-much"}
    except Exception as trouble:  # noqa: BLE001 - the door of the child: any failure of a parser
        return {"trouble": "damaged", "says": type(trouble).__name__}
