"""Find the certificates that a file holds, or that its figures name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tallystick.errors import NotFound
from tallystick.reckoning import NoCertificate, prove

__all__ = ["ProofMissing", "certificates_in", "prove", "text_of"]


class ProofMissing(NotFound):
    """The certificate of a figure, or the file itself, is not there."""

    code = "proof-missing"

    def __init__(self, what: str, where: str) -> None:
        super().__init__(
            f"{what} is not here.",
            where=where,
            then="write the proofs with `tallystick reckon --certificates DIR` beside the figures.",
        )


def text_of(name: str) -> str:
    """Return the text of a file.

    Raises:
        ProofMissing: There is no such file.
        NoCertificate: It is no text.
    """
    try:
        return Path(name).read_text(encoding="utf-8")
    except OSError as trouble:
        raise ProofMissing("The file", name) from trouble
    except UnicodeDecodeError as trouble:
        raise NoCertificate("it is no text") from trouble


def certificates_in(text: str, *, name: str) -> list[Mapping[str, object]]:
    """Return the certificates of a JSON text: its own, or those that its figures name.

    Args:
        text: A certificate, a figure, or a list of either.
        name: The file, or ``-``; the proofs of figures lie in its folder.

    Raises:
        NoCertificate: The text holds neither.
        ProofMissing: A figure's certificate is not in the folder.
    """
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as trouble:
        raise NoCertificate("it is not JSON") from trouble
    found = []
    for each in told if isinstance(told, list) else [told]:
        if not isinstance(each, Mapping):
            raise NoCertificate("it is no JSON object")
        found.append(_of_figure(each, name) if "documented" in each else each)
    return found


def _of_figure(figure: Mapping[str, object], name: str) -> Mapping[str, object]:
    documented = figure["documented"]
    id_ = documented.get("certificate") if isinstance(documented, Mapping) else None
    folder = Path.cwd() if name == "-" else Path(name).parent
    for path in (folder / f"{id_}.json", folder / "certificates" / f"{id_}.json"):
        if path.is_file():
            told = json.loads(text_of(str(path)))
            if isinstance(told, Mapping):
                return told
    raise ProofMissing(f"The certificate {id_}", str(folder))
