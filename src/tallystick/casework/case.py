"""Open a case: a folder with its settings, its journal, its vault and its own vocabularies.

::

    coast/  tallystick.toml   title, lang, window, timezone, admission
            ledger.sqlite3    the journal, and the tables that are folds of it
            blobs/            the bytes of sources and their text dumps
            places.csv  actors.csv  keys/
            cache/            what saves time; it may be deleted at any time
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tallystick.errors import NotFound, Trouble, Unreadable
from tallystick.ledger import Ledger, settings_changed
from tallystick.preserving import Vault
from tallystick.records import Days, Source

__all__ = ["BadSettings", "Case", "NoCase", "Settings", "now"]

SETTINGS, LEDGER, BLOBS = "tallystick.toml", "ledger.sqlite3", "blobs"
PLACES, ACTORS, KEYS = "places.csv", "actors.csv", "keys"


class NoCase(NotFound):
    """There is no case at this place."""

    code = "no-case"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "There is no case here.", where=str(folder), then="open one with `tallystick new`."
        )


class BadSettings(Unreadable):
    """The settings of a case cannot be read."""

    code = "bad-settings"

    def __init__(self, says: str, then: str = "correct the file.") -> None:
        super().__init__(says, where=SETTINGS, then=then)


def now() -> str:
    """Return the time by this machine's clock, RFC 3339 in UTC."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Hold the settings of a case.

    Args:
        title: Of the case, as reports print it.
        lang: Language of the reports.
        window: Days within which an event of unknown day lies; None = no bound.
        timezone: IANA name; where a time without a zone is read.
        admission: Whom and what the reckoning admits, as ``reckon`` reads it.
        question: What the report asks, each a table as ``questions.py`` reads it; none = one
            question for each kind of harm.
    """

    title: str = ""
    lang: str = "en"
    window: Days | None = None
    timezone: str = "UTC"
    admission: Mapping[str, object] = field(default_factory=dict)
    question: tuple[Mapping[str, object], ...] = ()

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as trouble:
            says = f"“{self.timezone[:40]}” is no time zone."
            raise BadSettings(says, "write an IANA name such as Asia/Damascus.") from trouble

    @classmethod
    def read(cls, data: bytes) -> Settings:
        """Read ``tallystick.toml``.

        Raises:
            BadSettings: No TOML, a key that is not known, or a value that it cannot hold.
        """
        try:
            return cls.from_json(tomllib.loads(data.decode("utf-8-sig")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
            raise BadSettings("The settings are no TOML.") from trouble

    @classmethod
    def from_json(cls, told: Mapping[str, object]) -> Settings:
        """Read settings from their JSON object.

        Raises:
            BadSettings: A key that is not known, or a value that it cannot hold.
        """
        left = dict(told)
        texts: dict[str, str] = {}
        for name in ("title", "lang", "timezone"):
            value = left.pop(name, None)
            if value is not None and not isinstance(value, str):
                raise BadSettings(f"{name} must be text.")
            if value is not None:
                texts[name] = value
        window, admission = left.pop("window", None), left.pop("admission", {})
        if not isinstance(admission, Mapping):
            raise BadSettings("admission must be a table.", "see docs/how/reckon.md.")
        questions = left.pop("question", ())
        if not isinstance(questions, list | tuple):
            raise BadSettings("question must be tables.", "write [[question]] above each.")
        if left:
            raise BadSettings(f"The key “{min(left)[:40]}” is not known.", "take it out.")
        days = _days(window) if window else None
        return cls(window=days, admission=admission, question=tuple(questions), **texts)

    def as_json(self) -> dict[str, object]:
        return {
            "title": self.title,
            "lang": self.lang,
            "window": self.window.as_json() if self.window else None,
            "timezone": self.timezone,
            "admission": dict(self.admission),
            "question": [dict(question) for question in self.question],
        }

    def as_toml(self) -> str:
        """Return the file that ``new`` writes."""
        lines = [f"{name} = {_toml(getattr(self, name))}" for name in ("title", "lang")]
        if self.window:
            lines.append("# An event without a day lies in here.")
            lines.append(f"window = {_toml(self.window.as_json())}")
        lines.append(f"timezone = {_toml(self.timezone)}")
        if self.admission:
            lines += ["", "[admission]", *_pairs(self.admission)]
        for question in self.question:
            lines += ["", "[[question]]", *_pairs(question)]
        return "\n".join(lines) + "\n"


def _pairs(told: Mapping[str, object]) -> list[str]:
    return [f"{_toml(key)} = {_toml(value)}" for key, value in told.items()]


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(_pairs(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    # Texts, numbers and truth are written in TOML as in JSON, but for one sign.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _days(window: object) -> Days:
    try:
        return Days.from_json(window)
    except Trouble as trouble:
        raise BadSettings(f"window: {trouble.what}", trouble.then) from trouble


@dataclass(frozen=True, slots=True)
class Case:
    """Hold an open case; close it, or use it in a ``with`` block."""

    folder: Path
    settings: Settings
    ledger: Ledger
    vault: Vault

    @classmethod
    def open(cls, folder: Path) -> Case:
        """Open a case.

        Raises:
            NoCase: There is none in this folder.
            BadSettings: Its ``tallystick.toml`` cannot be read.
            NotALedger: Its ledger is damaged.
        """
        if not (folder / LEDGER).is_file():
            raise NoCase(folder)
        path = folder / SETTINGS
        if not path.is_file():
            raise BadSettings("The file is not there.", f"restore it, or write a new {SETTINGS}.")
        settings = Settings.read(path.read_bytes())
        return cls(folder, settings, Ledger.open(folder / LEDGER), Vault(folder / BLOBS))

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        trouble: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def places(self) -> Path:
        """The case's own places; the file may be absent."""
        return self.folder / PLACES

    @property
    def actors(self) -> Path:
        """The case's own actors; the file may be absent."""
        return self.folder / ACTORS

    def text_of(self, source: Source) -> str:
        """Return the text dump to which the source's spans refer; empty if it has none.

        Raises:
            MissingBlob, AlteredBlob: The dump is not the one that was kept.
        """
        return self.vault.get(source.text.sha256).decode("utf-8") if source.text else ""

    def settle(self, *, actor: str, at: str) -> bool:
        """Write into the journal what the settings, places and actors are now, if they changed.

        Returns:
            Whether they had changed.
        """
        files = {
            path.name: self.vault.put(path.read_bytes())
            for path in (self.places, self.actors)
            if path.is_file()
        }
        told = self.settings.as_json() | {"files": dict(sorted(files.items()))}
        with self.ledger.page(actor=actor, at=at) as page:
            if page.settings() == told:
                return False
            page.append(settings_changed(told, blobs=sorted(set(files.values()))))
        return True
