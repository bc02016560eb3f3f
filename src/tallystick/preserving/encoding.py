"""Turn bytes into text, and say by which encoding and how sure that is.

The code points stay what they are: no normalisation, no change of line ends. A byte order mark is
not a part of the text.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

__all__ = ["Decoded", "decode", "is_binary"]

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a page may say of itself; Python knows codecs that are no encodings of text.
_SAYABLE = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|(?:windows-|cp)12\d\d|iso-8859-\d{1,2}|latin-?1|us-ascii|koi8-[ru]"
    r"|gbk|gb18030|gb2312|big5|shift_jis|euc-(?:jp|kr)",
    re.IGNORECASE,
)
_MAGIC = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x7fELF", b"\x1f\x8b",
          b"\xd0\xcf\x11\xe0", b"MZ", b"RIFF", b"7z\xbc\xaf", b"Rar!")  # fmt: skip
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_ARABIC = re.compile(r"[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]{2,}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Hold a text and how it was had.

    Args:
        text: The code points.
        encoding: Name of the encoding.
        is_guess: Whether the bytes fit the encoding without proving it.
        wrongly_said: The encoding that was declared and does not fit; empty if none.
    """

    text: str
    encoding: str
    is_guess: bool = False
    wrongly_said: str = ""


def is_binary(data: bytes) -> bool:
    """Say whether the bytes are of a format that is no text."""
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return False
    if data.startswith(_MAGIC):
        return True
    head = data[:65536]
    return bool(head) and (b"\x00" in head or _share_of_controls(head) > 0.02)


def _share_of_controls(data: bytes) -> float:
    return 1 - len(data.translate(None, _CONTROLS)) / len(data)


def decode(data: bytes, said: str = "") -> Decoded:
    """Return the text: by its byte order mark, as declared, as UTF-8, else by the best guess.

    A guess is Windows-1256 if the letters it gives are mostly runs of Arabic, else Windows-1252,
    else ISO 8859-1, to which every byte is a letter.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    wrongly_said = ""
    if said and _SAYABLE.fullmatch(said) and (text := _fits(data, said)) is not None:
        return Decoded(text, codecs.lookup(said).name)
    if said:
        wrongly_said = said
    if (text := _fits(data, "utf-8")) is not None:
        return Decoded(text, "utf-8", wrongly_said=wrongly_said)
    return _guess(data, wrongly_said)


def _marked(data: bytes, encoding: str) -> Decoded:
    text = _fits(data, encoding)
    if text is not None:
        return Decoded(text, encoding)
    return _guess(data, encoding)


def _guess(data: bytes, wrongly_said: str) -> Decoded:
    arabic = data.decode("windows-1256", errors="replace")
    foreign = sum(letter.isalpha() and not letter.isascii() for letter in arabic)
    if sum(len(run) for run in _ARABIC.findall(arabic)) * 2 > foreign:
        return Decoded(arabic, "windows-1256", is_guess=True, wrongly_said=wrongly_said)
    western = _fits(data, "windows-1252")
    if western is not None:
        return Decoded(western, "windows-1252", is_guess=True, wrongly_said=wrongly_said)
    text = data.decode("iso-8859-1")
    return Decoded(text, "iso-8859-1", is_guess=True, wrongly_said=wrongly_said)


def _fits(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
