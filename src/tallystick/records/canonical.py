"""Give a record its exact bytes and its id.

Method:
    RFC 8785 (JSON Canonicalization Scheme), restricted to what records hold: no floats, and
    whole numbers below 2**53. ``tests/records`` compares it with an independent implementation.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from tallystick.errors import Unreadable

__all__ = ["NotCanonical", "canonical", "canonical_fields", "digest", "parse_canonical", "short_id"]

_LARGEST = 2**53 - 1
# The standard library's escapes are those of RFC 8785: short ones, else \\u00 in lowercase.
_quoted = json.encoder.encode_basestring


class NotCanonical(Unreadable):
    """A value has no canonical form, or bytes are not in theirs."""

    code = "not-canonical"

    def __init__(self, why: str) -> None:
        super().__init__(f"No canonical form: {why}.", then="write decimals as strings.")


def canonical(value: object) -> bytes:
    """Return the RFC 8785 bytes of a JSON value.

    Raises:
        NotCanonical: A float, a whole number of 2**53 or more, a lone surrogate, or a type
            that JSON does not have.
    """
    try:
        return (_quickly(value) if _is_plain(value) else _text(value)).encode("utf-8")
    except UnicodeEncodeError as trouble:
        raise NotCanonical("a lone surrogate in a text") from trouble


# For plain values with ASCII names the standard encoder gives the same text, several times faster:
# the escapes are the same, and code points sort ASCII as UTF-16 units do.
_quickly = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _is_plain(value: object) -> bool:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        return -_LARGEST <= value <= _LARGEST  # type: ignore[operator]  # it is an int
    if kind is dict:
        for name, item in value.items():  # type: ignore[attr-defined]  # it is a dict
            if type(name) is not str or not name.isascii() or not _is_plain(item):
                return False
        return True
    return (kind is list or kind is tuple) and all(map(_is_plain, value))  # type: ignore[call-overload]  # it is a list or tuple


def canonical_fields(fields: Iterable[tuple[str, object]]) -> bytes:
    """Return the RFC 8785 bytes of an object whose names are plain ASCII and come sorted.

    The same bytes as ``canonical`` gives for the dictionary, several times faster: records are
    made of texts and small whole numbers, and an id is made for every claim that is read.

    Raises:
        NotCanonical: As ``canonical``.
    """
    told = []
    for name, value in fields:
        if type(value) is str:
            told.append(f'"{name}":{_quoted(value)}')
        else:
            told.append(f'"{name}":{_text(value)}')
    try:
        return ("{" + ",".join(told) + "}").encode("utf-8")
    except UnicodeEncodeError as trouble:
        raise NotCanonical("a lone surrogate in a text") from trouble


def _text(value: object) -> str:
    # What records hold comes first, by its exact type: asking for a Mapping costs far more.
    if type(value) is list or type(value) is tuple:
        return "[" + ",".join([_text(item) for item in value]) + "]"
    return "null" if value is None else _text_of_one(value)


def _text_of_one(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise NotCanonical(f"{value} is beyond 2^53")
        return str(int(value))
    if isinstance(value, Mapping):
        return _text_of_object(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return "[" + ",".join(_text(item) for item in value) + "]"
    raise NotCanonical(f"{type(value).__name__} is not a JSON value")


def _text_of_object(value: Mapping[object, object]) -> str:
    for key in value:
        if not isinstance(key, str):
            raise NotCanonical(f"{type(key).__name__} as a name")
    # RFC 8785 sorts names by UTF-16 code units, which differs from code points above U+FFFF.
    names = sorted((str(key) for key in value), key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(f"{_text(name)}:{_text(value[name])}" for name in names) + "}"


def parse_canonical(data: bytes) -> object:
    """Read bytes that must be in canonical form.

    Raises:
        NotCanonical: Bad UTF-8, doubled names, floats, or any other spelling of the value.
    """
    try:
        value: object = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as trouble:
        raise NotCanonical("not UTF-8 JSON") from trouble
    if canonical(value) != data:
        raise NotCanonical("the bytes differ from the value's canonical bytes")
    return value


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def short_id(letter: str, value: object) -> str:
    """Return ``letter-`` and the first 12 hexadecimal digits of the value's canonical bytes."""
    data = value if isinstance(value, bytes) else canonical(value)
    return f"{letter}-{digest(data)[:12]}"
