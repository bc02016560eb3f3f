"""Write what lies beside the pages: figures, claims, certificates, texts, and the manifest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tallystick.publishing.desk import Desk
from tallystick.publishing.dossier import Preserved
from tallystick.records import canonical, digest

__all__ = ["data_files", "earlier_files", "manifest"]

# What a report may be made of; an earlier manifest that names anything else is not ours.
_OURS = re.compile(r"[a-z]+\.[a-z]+|(?:figures|sources|certificates)/[a-z][A-Za-z0-9-]*\.[a-z]+")


def data_files(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """Yield each file's path in the report and its bytes."""
    dossier = desk.dossier
    yield "figures.json", _array([figure.told for figure in desk.figures.values()])
    if dossier.estimates:
        yield "estimates.json", _decimal_array(dossier.estimates)
    claims = sorted(dossier.claims, key=lambda told: told.claim.id)
    yield "claims.jsonl", _lines([told.claim.as_json() for told in claims])
    sayings = sorted(dossier.statements, key=lambda saying: saying.id)
    yield "statements.jsonl", _lines([saying.as_json() for saying in sayings])
    for id_ in sorted(dossier.certificates):
        yield f"certificates/{id_}.json", canonical(dossier.certificates[id_]) + b"\n"
    for kept in desk.sources.values():
        yield f"sources/{kept.source.id}.json", canonical(_source(kept)) + b"\n"
        if kept.shown and kept.shown.is_whole:
            yield f"sources/{kept.source.id}.txt", kept.shown.passages[0].words.encode()


def _source(kept: Preserved) -> Mapping[str, object]:
    """Return a source as it may be shown, with the passages of its text that may be read."""
    told = kept.source.as_json()
    return told | {"shown": kept.shown.as_json() if kept.shown else None}


def _array(objects: list[Mapping[str, object]]) -> bytes:
    """Return a JSON array with one canonical object on each line."""
    return b"[\n" + b",\n".join(canonical(told) for told in objects) + b"\n]\n"


def _decimal_array(objects: Iterable[Mapping[str, object]]) -> bytes:
    """Return a JSON array with one object on each line, decimals as they are."""
    lines = (json.dumps(told, ensure_ascii=False, sort_keys=True) for told in objects)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _lines(objects: list[dict[str, object]]) -> bytes:
    return b"".join(canonical(told) + b"\n" for told in objects)


def manifest(files: Mapping[str, bytes], version: str, whole_texts: Iterable[str]) -> bytes:
    """Return the list of all files with their digests, itself left out.

    It says which sources are shown whole, so that what was let out stands in one place.
    """
    listed = [
        {"path": path, "sha256": digest(data), "size": len(data)}
        for path, data in sorted(files.items())
    ]
    told = {"type": "manifest", "tallystick": version, "whole_texts": sorted(whole_texts)}
    return canonical({**told, "files": listed}) + b"\n"


def earlier_files(out: Path) -> tuple[str, ...]:
    """Return the files that the manifest of an earlier report in a folder names.

    Empty if there is none, or if it cannot have been written by Tallystick.
    """
    try:
        told = json.loads((out / "manifest.json").read_bytes())
        listed = [str(one["path"]) for one in told["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return tuple(path for path in listed if _OURS.fullmatch(path))
