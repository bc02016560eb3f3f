"""Build the example case from documents to report, by the same deeds that a user calls."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import tallystick
from tallystick.casework.case import Case, now
from tallystick.casework.new import new
from tallystick.casework.preserve import preserve
from tallystick.casework.publish import publish
from tallystick.casework.read_case import read_case
from tallystick.casework.review import decide
from tallystick.casework.status import Status, status
from tallystick.casework.verify import Verified, verify
from tallystick.errors import Refused
from tallystick.reckoning import prove
from tallystick.records import canonical, digest

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
        status: Where the case stands.
        headline: JSON objects of the figures that its settings ask, in order.
        figures: How many figures it keeps in all.
        proved: How many of its certificates were proved anew.
        certificates: How many it has.
        verified: What the check of the journal and the vault found.
        is_new: Whether it was built now; an unchanged demo is only proved and verified anew.
        left_out: Why a verb was not run, by verb.
    """

    folder: Path
    report: Path
    status: Status
    headline: tuple[Mapping[str, object], ...]
    figures: int
    proved: int
    certificates: int
    verified: Verified
    is_new: bool
    left_out: Mapping[str, str]

    def as_json(self) -> dict[str, object]:
        return {
            "folder": str(self.folder),
            "report": str(self.report),
            "new": self.is_new,
            "status": self.status.as_json(),
            "headline": [dict(figure) for figure in self.headline],
            "figures": self.figures,
            "proved": self.proved,
            "certificates": self.certificates,
            "verified": self.verified.as_json(),
            "left_out": dict(self.left_out),
        }


def demo(
    folder: Path, *, at: str | None = None, say: Callable[[str], None] = lambda _: None
) -> Demo:
    """Build the coast case in a folder, unless this very version built it there already.

    Args:
        folder: Where to; an older demo there is taken away first.
        at: RFC 3339 time of every entry; None = now.
        say: Is told what happens, one line a step.

    Raises:
        NotADemo: The folder holds something that no demo made.
    """
    made_of = _digest()
    mark = folder / _MARK
    is_new = not (mark.is_file() and mark.read_text("utf-8") == made_of)
    if is_new:
        _clear(folder)
        _build(folder, at=at or now(), say=say)
        mark.write_text(made_of, "utf-8")
    else:
        say("built before by this version; proved and verified anew")
    return _told(folder, is_new=is_new, say=say)


def _build(folder: Path, *, at: str, say: Callable[[str], None]) -> None:
    for name in GROUND:
        shutil.copy(EXAMPLE / name, folder / name)
    with new(folder, actor="demo", at=at) as case:
        documents = sorted((EXAMPLE / "documents").iterdir())
        kept = list(preserve(case, documents, actor="demo", at=at))
        say(f"preserve  {sum(1 for item in kept if item.source)} documents")
        read = sum(len(item.reading.claims) for item in read_case(case, actor="demo", at=at))
        say(f"read      {read} claims")
        page = (EXAMPLE / "review.csv").read_text("utf-8")
        decided = decide(case, page, reviewer="demo-reviewer", at=at)
        say(f"review    {len(decided.reviews)} decisions of a reviewer")
        say("reckon    …")
        report, reckoned = publish(case, folder / "report", actor="demo", at=at)
        say(f"reckon    {len(reckoned.figures)} figures")
        say(f"publish   {len(report.files)} files")


def _told(folder: Path, *, is_new: bool, say: Callable[[str], None]) -> Demo:
    with Case.open(folder) as case:
        figures, standing = case.ledger.figures(), status(case)
        asked = len(case.settings.question)
        # A new demo proves everything; an unchanged one proves again what stands first.
        wanted = {str(figure["id"]) for figure in (figures if is_new else figures[:asked])}
        proofs = [proof for name in sorted(wanted) for proof in case.ledger.certificates(name)]
    proved = sum(1 for proof in proofs if prove(proof).holds)
    say(f"prove     {proved} of {len(proofs)} certificates hold")
    verified = verify(folder)
    say(f"verify    {verified.entries} entries, {len(verified.broken)} broken")
    return Demo(
        folder=folder,
        report=folder / "report" / "index.html",
        status=standing,
        headline=tuple(figures[:asked]),
        figures=len(figures),
        proved=proved,
        certificates=len(proofs),
        verified=verified,
        is_new=is_new,
        left_out={verb: _why_not(verb) for verb in _LEFT_OUT},
    )


def _digest() -> str:
    """Return a digest of the code and the example: a demo of other making is built anew."""
    package = Path(tallystick.__file__).parent
    files = sorted(
        path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    parts = [[str(path.relative_to(package)), digest(path.read_bytes())] for path in files]
    return digest(canonical(parts))


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).exists():
            raise NotADemo(folder)
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).write_text("being built", "utf-8")


def _why_not(verb: str) -> str:
    if find_spec(_LEFT_OUT[verb]) is None:
        return f"needs the extra: pip install 'tallystick[{verb}]'"
    return "has nothing to do: this case holds counts, no lists of persons"
