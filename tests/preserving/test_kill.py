"""`kill -9` at random moments of `preserve`: what was acknowledged is there, whole.

The child is the real command. It prints a line for each source once that is durable; the parent
kills it at a random moment, so the last line it read is the last acknowledgement.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.ledger.samples import WHO

from tallystick.casework.case import Case, Settings
from tallystick.casework.new import new
from tallystick.casework.verify import verify

FOLDERS, EACH = 12, 100
PER_CASE = 10
KILLS = int(os.environ.get("TALLYSTICK_KILLS", "100"))
ROOT = Path(__file__).parents[2]


def documents(root):
    """Make folders of small texts, of pages for the child to read, and of files of documents."""
    folders = [root / str(number) for number in range(FOLDERS)]
    for first, folder in enumerate(folders):
        folder.mkdir(parents=True)
        fill(folder, range(first * EACH, first * EACH + EACH))
    return folders


def fill(folder, numbers):
    for number in numbers:
        text = f"{number} people were killed in village {number}.\n" * (1 + number % 7)
        if number % 40 == 39:
            page = f"<html><body><article><p>{text}</p></article></body></html>"
            (folder / f"{number:04}.html").write_text(page)
        elif number % 40 == 38:
            lines = [f'{{"id": "{n}", "text": "{number}.{n} people"}}' for n in range(5)]
            (folder / f"{number:04}.jsonl").write_text("\n".join(lines))
        else:
            front = f"---\ntitle: {number}\npublished: 2025-03-08\n---\n"
            (folder / f"{number:04}.md").write_text(front + text)


def preserve_and_kill(case, folders, seconds, *, from_start=False):
    """Run `preserve`, kill it after a while, and return the ids that it had acknowledged.

    The clock runs from the first acknowledgement, or from the start of the process.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "tallystick", "preserve", "-C", str(case), *folders],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    with child.stdout as pipe:
        first = b"" if from_start else pipe.readline()
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        told = first + pipe.read()
    child.wait()
    whole = told[: told.rfind(b"\n") + 1].decode()
    return {line.split()[1] for line in whole.splitlines() if line}, child.returncode


def check(case, acknowledged):
    found = verify(case)
    with Case.open(case) as opened:
        have = {source.id: source for source in opened.ledger.sources()}
        for name in acknowledged:
            source = have[name]
            assert opened.vault.get(source.sha256)
            assert opened.text_of(source).strip()
    assert () == found.broken
    return found


@pytest.mark.slow
def test_kill_at_random_moments_loses_nothing_that_was_acknowledged(tmp_path):
    rng = random.Random(20250306)
    folders = documents(tmp_path / "documents")
    killed = sources = strays = number = 0
    while killed < KILLS and number < 2 * KILLS:
        if number % PER_CASE == 0:
            case, acknowledged = tmp_path / f"case-{number}", set()
            new(case, Settings(title="T"), **WHO).close()
        from_start = number % 4 == 3
        seconds = rng.uniform(0, 2 if from_start else 0.8)
        # Each run begins with other folders, so that new sources come in each time.
        turned = folders[number % FOLDERS :] + folders[: number % FOLDERS]
        told, code = preserve_and_kill(case, turned, seconds, from_start=from_start)
        acknowledged |= told
        sources += len(told)
        found = check(case, acknowledged)
        killed += code == -signal.SIGKILL
        strays += found.strays
        number += 1

    print(f"{killed} kills, {sources} acknowledged, 0 lost, {strays} files left to sweep")
    assert killed == KILLS
    assert sources > KILLS


def test_what_a_kill_left_behind_is_swept_and_the_next_run_goes_on(tmp_path):
    case = tmp_path / "case"
    new(case, Settings(title="T"), **WHO).close()
    told, _ = preserve_and_kill(case, documents(tmp_path / "documents"), 0.1)
    with Case.open(case) as opened:
        stray = opened.vault.put(b"written, never named")
        (case / "blobs" / "tmp").mkdir(exist_ok=True)
        (case / "blobs" / "tmp" / "half").write_bytes(b"hal")
        swept = opened.vault.sweep(opened.ledger.blobs())

        assert swept >= 2
        assert stray not in opened.vault
    assert 0 == check(case, told).strays
