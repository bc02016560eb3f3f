"""Build the example case from documents to report, by the same deeds that a user calls."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import tallystick
from tallystick.casework.case import now
from tallystick.casework.new import new
from tallystick.casework.preserve import preserve
from tallystick.casework.publish import publish
from tallystick.casework.read_case import read_case
from tallystick.casework.reckon_case import CaseReckoned
from tallystick.casework.review import Decided, decide
from tallystick.casework.verify import Verified, verify
from tallystick.errors import Refused
from tallystick.reckoning import prove

__all__ = ["EXAMPLE", "GROUND", "Demo", "NotADemo", "demo"]

EXAMPLE = Path(tallystick.__file__).parent / "examples" / "coast-2025"
_MARK = ".tallystick-demo"
GROUND = ("tallystick.toml", "places.csv", "actors.csv")
# Verbs that the coast case gives nothing to do, and the package that each needs.
_LEFT_OUT = {"link": "duckdb", "estimate": "numba"}


class NotADemo(Refused):
    """The folder holds something else."""

    code = "not-a-demo"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "The folder is not empty and holds no demo; nothing was changed.",
            where=str(folder),
            then="name another folder: tallystick demo FOLDER.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """Hold what the demo built.

    Args:
        folder: The case.
        report: The first page of its report.
        sources: How many documents were preserved.
        read: How many claims the machine read.
        decided: What the reviewer of the example decided.
        reckoned: The figures.
        proved: How many certificates were proved anew.
        verified: What the check of the journal and the vault found.
        left_out: Why a verb was not run, by verb.
    """

    folder: Path
    report: Path
    sources: int
    read: int
    decided: Decided
    reckoned: CaseReckoned
    proved: int
    verified: Verified
    left_out: dict[str, str]

    def as_json(self) -> dict[str, object]:
        verdicts = [review.verdict for review in self.decided.reviews]
        return {
            "folder": str(self.folder),
            "report": str(self.report),
            "sources": self.sources,
            "claims_read": self.read,
            "decisions": {verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))},
            "figures": [figure.as_json() for figure in self.reckoned.figures],
            "proved": self.proved,
            "verified": self.verified.as_json(),
            "left_out": self.left_out,
        }


def demo(
    folder: Path, *, at: str | None = None, say: Callable[[str], None] = lambda _: None
) -> Demo:
    """Build the coast case in a folder; an older demo there is taken away first.

    Args:
        folder: Where to.
        at: RFC 3339 time of every entry; None = now.
        say: Is told what happens, one line a step.

    Raises:
        NotADemo: The folder holds something that no demo made.
    """
    at = at or now()
    _clear(folder)
    for name in GROUND:
        shutil.copy(EXAMPLE / name, folder / name)
    with new(folder, actor="demo", at=at) as case:
        documents = sorted((EXAMPLE / "documents").iterdir())
        kept = list(preserve(case, documents, actor="demo", at=at))
        say(f"preserve  {sum(1 for item in kept if item.source)} documents")
        readings = list(read_case(case, actor="demo", at=at))
        read = sum(len(item.reading.claims) for item in readings)
        say(f"read      {read} claims")
        page = (EXAMPLE / "review.csv").read_text("utf-8")
        decided = decide(case, page, reviewer="demo-reviewer", at=at)
        say(f"review    {len(decided.reviews)} decisions of a reviewer")
        report, reckoned = publish(case, folder / "report", actor="demo", at=at)
        say(f"reckon    {len(reckoned.figures)} figures")
        proved = sum(1 for proof in reckoned.certificates if prove(proof.as_json()).holds)
        say(f"prove     {proved} of {len(reckoned.certificates)} certificates hold")
        say(f"publish   {len(report.files)} files")
    verified = verify(folder)
    say(f"verify    {verified.entries} entries, {len(verified.broken)} broken")
    return Demo(
        folder=folder,
        report=folder / "report" / "index.html",
        sources=sum(1 for item in kept if item.source),
        read=read,
        decided=decided,
        reckoned=reckoned,
        proved=proved,
        verified=verified,
        left_out={verb: _why_not(verb) for verb in _LEFT_OUT},
    )


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).exists():
            raise NotADemo(folder)
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).write_text("This folder is made anew by each run of tallystick demo.\n")


def _why_not(verb: str) -> str:
    if find_spec(_LEFT_OUT[verb]) is None:
        return f"needs the extra: pip install 'tallystick[{verb}]'"
    return "has nothing to do: this case holds counts, no lists of persons"
