"""Open a new case in a folder."""

from __future__ import annotations

from pathlib import Path

from tallystick.casework.case import (
    ACTORS,
    BLOBS,
    KEYS,
    LEDGER,
    PLACES,
    SETTINGS,
    BadSettings,
    Case,
    Settings,
    now,
)
from tallystick.errors import Refused
from tallystick.ledger import Ledger
from tallystick.preserving import Vault

__all__ = ["CaseExists", "new"]

_HEADERS = {
    PLACES: "id,name,parent,lat,lon,aliases,unit\n",
    ACTORS: "id,name,kind,inside,speaks_for,aliases\n",
}


class CaseExists(Refused):
    """A case is already in the folder."""

    code = "case-exists"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "A case is already here; nothing was changed.",
            where=str(folder),
            then="use it with -C, or name another folder.",
        )


def new(
    folder: Path, settings: Settings | None = None, *, actor: str = "local", at: str | None = None
) -> Case:
    """Make a case in a folder; settings, places and actors that lie there already are taken over.

    Args:
        folder: Made if it is not there.
        settings: Written to ``tallystick.toml``; None = take over the one that lies there, or
            write one with the folder's name as title.
        actor: Opaque id of who opens it.
        at: RFC 3339 time; None = now.

    Raises:
        CaseExists: The folder holds a case.
        BadSettings: Settings are given, and others lie there already.
    """
    if (folder / LEDGER).exists():
        raise CaseExists(folder)
    told = _settings(folder, settings)
    folder.mkdir(parents=True, exist_ok=True)
    for name in (BLOBS, KEYS):
        (folder / name).mkdir(exist_ok=True)
    if not (folder / SETTINGS).exists():
        (folder / SETTINGS).write_text(told.as_toml(), "utf-8")
    for name, header in _HEADERS.items():
        if not (folder / name).exists():
            (folder / name).write_text(header, "utf-8")
    at = at or now()
    ledger = Ledger.create(folder / LEDGER, told.as_json(), actor=actor, at=at)
    case = Case(folder, told, ledger, Vault(folder / BLOBS))
    case.settle(actor=actor, at=at)
    return case


def _settings(folder: Path, given: Settings | None) -> Settings:
    path = folder / SETTINGS
    if not path.exists():
        return given or Settings(title=folder.resolve().name)
    there = Settings.read(path.read_bytes())
    if given is not None and given != there:
        says = "Settings lie in the folder already, and they are not those given."
        raise BadSettings(says, "take the file away, or give no settings.")
    return there
