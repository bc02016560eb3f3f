"""Find the files that are meant by names of files and folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tallystick.preserving.dumped import trouble
from tallystick.records import Issue

__all__ = ["Found", "files_in"]


@dataclass(frozen=True, slots=True)
class Found:
    """Hold one file that is to be preserved.

    Args:
        path: Where it lies.
        name: How it was named: below the folder that was given, with ``/``.
        notes: The ``NAME.toml`` beside it, if there is one.
    """

    path: Path
    name: str
    notes: Path | None = None


def files_in(paths: Iterable[Path]) -> tuple[list[Found], list[Issue]]:
    """Return the files, folders in order of name, and what was passed over.

    Links are not followed, hidden files are passed over, and a file of notes is not a source.
    """
    found: list[Found] = []
    issues: list[Issue] = []
    for path in paths:
        named = [(path, path.name)] if not path.is_dir() else list(_below(path))
        for item, name in named:
            if item.is_symlink():
                issues.append(_passed_over(name))
            elif not item.exists():
                issues.append(_missing(str(path)))
            elif not _is_notes(item):
                notes = item.with_name(item.name + ".toml")
                found.append(Found(item, name, notes if notes.is_file() else None))
    return found, issues


def _below(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in relative.parts)
        if not is_hidden and (path.is_symlink() or path.is_file()):
            yield path, relative.as_posix()


def _is_notes(path: Path) -> bool:
    return path.suffix == ".toml" and path.with_suffix("").is_file()


def _passed_over(name: str) -> Issue:
    says = "This is a link to another place; it was not followed and nothing was kept."
    return trouble("preserving.link", name, says, "preserve the file itself.", weight="warning")


def _missing(name: str) -> Issue:
    says = "There is no such file or folder."
    return trouble("preserving.not-there", name, says, "check how its name is written.")
