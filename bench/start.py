"""Compare how long `tallystick --help` takes with the bare import of its command line package."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 15
BARE = [sys.executable, "-c", "import click"]
HELP = [sys.executable, "-m", "tallystick", "--help"]


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    seconds(HELP), seconds(BARE)
    pairs = [(seconds(BARE), seconds(HELP)) for _ in range(ROUNDS)]
    ratio = statistics.median(h / b for b, h in pairs)
    print(f"tallystick --help takes {ratio:.2f} times `import click` (median of {ROUNDS} pairs)")
    if ratio > 3:
        sys.exit("more than 3 times: something heavy is imported at the door")


if __name__ == "__main__":
    main()
