"""Preserve files into a case: bytes into the vault, then entries into the journal, then the word.

What is yielded is durable: its bytes, its text dump, and the entries that name them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from tallystick import __version__
from tallystick.casework.case import Case, now
from tallystick.ledger import Page, custody_taken, source_added, source_described
from tallystick.preserving import Apart, Found, Taken, files_in
from tallystick.preserving import preserve as take_in
from tallystick.records import Issue, Source

__all__ = ["Kept", "preserve"]

TOOL = f"tallystick-preserve {__version__}"
_PIECES, _BYTES = 64, 32 << 20
# What a second coming of the same bytes may tell anew; the rest belongs to the first.
_TELLABLE = ("title", "outlet", "url", "published", "lang", "kind", "access", "text")
Watch = Callable[[Sequence[Found]], Iterable[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Hold what became of one file or line.

    Args:
        name: As it was given, with the number of the line in a ``.jsonl`` file.
        source: The source as the case has it now; None if nothing could be made of it.
        is_new: Whether the case did not have these bytes before.
        issues: What is wrong with it.
    """

    name: str
    source: Source | None
    is_new: bool = False
    issues: tuple[Issue, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether all that was asked could be done."""
        return not any(issue.weight == "fault" for issue in self.issues)

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "source": self.source.as_json() if self.source else None,
            "new": self.is_new,
            "issues": [issue.as_json() for issue in self.issues],
        }


def preserve(
    case: Case,
    paths: Iterable[Path],
    *,
    actor: str = "local",
    at: str | None = None,
    is_dry: bool = False,
    watch: Watch = iter,
) -> Iterator[Kept]:
    """Preserve files and folders; yield each thing when it is durable.

    One bad file stops nothing: it is yielded with its issue. The same bytes twice are one source
    with two entries of custody; what is newly said of them is added.

    Args:
        case: Where to.
        paths: Files and folders.
        actor: Opaque id of who brings them.
        at: RFC 3339 time; None = now.
        is_dry: Only say what would be done.
        watch: Is handed the files and hands them on; for a progress bar.
    """
    at = at or now()
    found, issues = files_in(paths)
    if not is_dry:
        case.settle(actor=actor, at=at)
    for issue in issues:
        yield Kept(name=str(issue.where), source=None, issues=(issue,))
    with Apart() as apart:
        for batch in _batches(found, watch, apart, at=at):
            if is_dry:
                yield from (_would_keep(case, taken) for taken in batch if _speaks(taken))
            else:
                yield from _keep(case, batch, actor=actor, at=at)


def _batches(
    found: Sequence[Found], watch: Watch, apart: Apart, *, at: str
) -> Iterator[list[Taken]]:
    batch: list[Taken] = []
    size = 0
    for file in watch(found):
        for taken in take_in(file, retrieved=at, apart=apart):
            batch.append(taken)
            size += sum(len(piece) for piece in taken.blobs)
            if len(batch) >= _PIECES or size >= _BYTES:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _keep(case: Case, batch: Sequence[Taken], *, actor: str, at: str) -> list[Kept]:
    case.vault.put_all(piece for taken in batch for piece in taken.blobs)
    with case.ledger.page(actor=actor, at=at) as page:
        kept = [_enter(page, taken) for taken in batch]
    return [item for taken, item in zip(batch, kept, strict=True) if _speaks(taken)]


def _speaks(taken: Taken) -> bool:
    # The container of lines is no document; it is told of only if something is wrong with it.
    return taken.source is not None or bool(taken.issues)


def _enter(page: Page, taken: Taken) -> Kept:
    if taken.source is None:
        _enter_container(page, taken)
        return Kept(name=_name(taken), source=None, issues=taken.issues)
    had = page.source(taken.source.id) if page.has("source", taken.source.id) else None
    source = _told_anew(had, taken.source) if had else taken.source
    if had is None:
        page.append(source_added(source, taken.issues, tool=TOOL))
    elif source != had:
        page.append(source_described(source, taken.issues, tool=TOOL))
    held = taken.custody.get("container")
    blobs = [source.sha256, *([str(held)] if held else [])]
    page.append(custody_taken(source.id, taken.custody, blobs, tool=TOOL))
    return Kept(name=_name(taken), source=source, is_new=had is None, issues=taken.issues)


def _enter_container(page: Page, taken: Taken) -> None:
    held = str(taken.custody.get("container", ""))
    if held:
        name = f"s-{held[:12]}"
        page.append(custody_taken(name, taken.custody, [held], issues=taken.issues, tool=TOOL))


def _told_anew(had: Source, told: Source) -> Source:
    """Return the source with what is now said of it for the first time, or said differently."""
    plain = {part.name: part.default for part in fields(Source)}
    newly = {
        name: getattr(told, name)
        for name in _TELLABLE
        if getattr(told, name) != plain[name] and (name != "text" or had.text is None)
    }
    return replace(had, **newly)


def _would_keep(case: Case, taken: Taken) -> Kept:
    source = taken.source
    is_new = source is not None and not case.ledger.has("source", source.id)
    return Kept(name=_name(taken), source=source, is_new=is_new, issues=taken.issues)


def _name(taken: Taken) -> str:
    if not taken.custody:
        return str(taken.issues[0].where)
    line = f" line {taken.custody['line']}" if "line" in taken.custody else ""
    return f"{taken.custody['name']}{line}"
