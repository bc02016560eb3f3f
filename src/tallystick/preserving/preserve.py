"""Preserve: bytes in, a source with its text dump out, and an issue for all that is wrong.

It writes nothing: whoever calls it puts the bytes into the vault and the source into the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tallystick.preserving.apart import Apart
from tallystick.preserving.dumped import Dumped, trouble
from tallystick.preserving.found import Found
from tallystick.preserving.lines import documents_of
from tallystick.preserving.notes import Notes, sidecar
from tallystick.preserving.pages import dump_page
from tallystick.preserving.plain import dump_plain
from tallystick.preserving.sheets import dump_sheets
from tallystick.preserving.tables import dump_csv
from tallystick.records import Dump, Issue, Source, digest

__all__ = ["FORMATS", "LARGEST", "Taken", "preserve"]

LARGEST = 256 << 20
Reader = Callable[[bytes, str, Apart], Dumped]
FORMATS: dict[str, Reader] = {
    ".txt": lambda data, where, _: dump_plain(data, where),
    ".md": lambda data, where, _: dump_plain(data, where),
    ".csv": lambda data, where, _: dump_csv(data, where),
    ".html": dump_page,
    ".htm": dump_page,
    ".xlsx": dump_sheets,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Hold what one file, or one line of a ``.jsonl`` file, gave.

    Args:
        source: What is known of it; None if nothing could be made of it.
        text: The dump to which spans refer; None if no text could be had.
        blobs: The bytes to keep: as received, and the dump. The file that holds the lines of
            others comes first, alone, without a source.
        custody: How it came: ``how`` (file, line, container), ``name``, ``size``, and for a line
            its number and the ``container``'s SHA-256; empty if nothing came.
        issues: What is wrong with it; ``fault`` = not all that was asked could be done.
    """

    source: Source | None
    text: str | None = None
    blobs: tuple[bytes, ...] = ()
    custody: dict[str, object] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


def preserve(found: Found, *, retrieved: str, apart: Apart) -> Iterator[Taken]:
    """Yield what a file gives: one source, or one for each line of a ``.jsonl`` file.

    Args:
        found: The file.
        retrieved: RFC 3339 time that the sources are to carry.
        apart: Where large parsers run.
    """
    suffix = found.path.suffix.lower()
    issue = _hindrance(found)
    if issue:
        yield Taken(source=None, issues=(issue,))
        return
    data = found.path.read_bytes()
    notes, issues = _beside(found)
    if suffix == ".jsonl":
        yield from _lines(data, found, notes, issues, retrieved=retrieved)
        return
    reader = FORMATS.get(suffix, _unread)
    dumped = reader(data, found.name, apart)
    custody: dict[str, object] = {"how": "file", "name": found.name}
    yield _taken(data, dumped, notes, issues, custody=custody, retrieved=retrieved)


def _hindrance(found: Found) -> Issue | None:
    try:
        with found.path.open("rb") as file:
            is_empty = not file.read(1)
        size = found.path.stat().st_size
    except OSError as why:
        says = f"The file cannot be read: {why.strerror or 'the disk refuses'}."
        return trouble("preserving.unreadable", found.name, says, "check its rights and the disk.")
    if is_empty:
        says = "The file is empty; there is nothing to keep."
        return trouble("preserving.empty", found.name, says, "fetch it again, or leave it out.")
    if size > LARGEST:
        says = f"The file has {size >> 20} MiB; at most {LARGEST >> 20} are taken at once."
        return trouble("preserving.too-large", found.name, says, "part it into smaller files.")
    return None


def _beside(found: Found) -> tuple[Notes, list[Issue]]:
    if found.notes is None:
        return Notes(), []
    return sidecar(found.notes.read_bytes(), f"{found.name}.toml")


def _unread(_data: bytes, where: str, _apart: Apart) -> Dumped:
    says = "No reader knows this format; the bytes were kept, unread."
    then = f"preserve its text too, as one of {', '.join([*FORMATS, '.jsonl'])}."
    issue = trouble("preserving.no-reader", where, says, then, weight="warning")
    return Dumped(text=None, media_type="application/octet-stream", issues=(issue,))


def _lines(
    data: bytes, found: Found, notes: Notes, issues: list[Issue], *, retrieved: str
) -> Iterator[Taken]:
    whole = digest(data)
    held: dict[str, object] = {"name": found.name, "container": whole}
    yield Taken(
        source=None,
        blobs=(data,),
        custody=held | {"how": "container", "size": len(data)},
        issues=tuple(issues),
    )
    for line in documents_of(data, found.name):
        custody = held | {"how": "line", "line": line.number, "id": line.id}
        if line.dumped.text is None:
            yield Taken(source=None, custody=custody, issues=line.dumped.issues)
            continue
        yield _taken(line.data, line.dumped, notes, [], custody=custody, retrieved=retrieved)


def _taken(
    data: bytes,
    dumped: Dumped,
    beside: Notes,
    issues: list[Issue],
    *,
    custody: dict[str, object],
    retrieved: str,
) -> Taken:
    notes = beside.over(dumped.notes)
    sha256 = digest(data)
    text = dumped.text if dumped.text and dumped.text.strip() else None
    blobs: tuple[bytes, ...] = (data,)
    dump = None
    if text is not None:
        encoded = text.encode("utf-8")
        dump = Dump(sha256=digest(encoded), size=len(encoded), tool=dumped.tool)
        blobs = (data, encoded)
    where = str(custody["name"]) + (f" line {custody['line']}" if "line" in custody else "")
    source = Source(
        id=f"s-{sha256[:12]}",
        media_type=dumped.media_type,
        sha256=sha256,
        size=len(data),
        name=str(custody["name"]).rpartition("/")[2],
        retrieved=retrieved,
        text=dump,
        **notes.as_fields(),  # type: ignore[arg-type]  # Notes has the names and types of Source
    )
    found = [*issues, *dumped.issues]
    return Taken(
        source=source,
        text=text,
        blobs=blobs,
        custody=custody | {"size": len(data), "sha256": sha256},
        issues=(*found, *_gaps(source, text, found, where)),
    )


def _gaps(source: Source, text: str | None, found: list[Issue], where: str) -> Iterator[Issue]:
    has_fault = any(issue.weight == "fault" or issue.code.endswith("no-reader") for issue in found)
    if text is None and not has_fault:
        says = "There is no readable text in it; the bytes were kept."
        then = "preserve its text too, with the same title and outlet."
        yield trouble("preserving.no-text", where, says, then)
    if source.published is None and text is not None:
        says = "It has no date of publication; its claims have no “as of” day."
        then = "add a line “published: 2025-03-17” to its front matter or a NAME.toml beside it."
        yield trouble("preserving.no-date", where, says, then, weight="warning")
