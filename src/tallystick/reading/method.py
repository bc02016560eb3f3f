"""Name the reader that would read a text: version and digest of its lexicon."""

from __future__ import annotations

from tallystick.reading.lexicon import lexicon_of
from tallystick.text import language_of

__all__ = ["method_of"]


def method_of(text: str, lang: str | None = None) -> str:
    """Return what the ``method`` of every claim read from this text begins with.

    A text whose last reading names another method would be read differently now.
    """
    return lexicon_of(lang or language_of(text)).method
