from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.preserving import decode
from tallystick.preserving.encoding import is_binary

ARABIC = "قُتل ١٢ مدنياً في قرية وأصيب آخرون بجروح"
texts = st.text(st.characters(codec="utf-8", exclude_characters="\ufeff"))


@given(texts)
def test_utf_8_is_read_as_it_was_written(text):
    decoded = decode(text.encode("utf-8"))

    assert (text, "utf-8", False) == (decoded.text, decoded.encoding, decoded.is_guess)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@given(text=texts.filter(lambda text: not text.startswith("\x00")))
def test_a_mark_tells_the_encoding_and_is_no_part_of_the_text(mark, encoding, text):
    decoded = decode(mark + text.encode(encoding))

    assert (text, encoding, False) == (decoded.text, decoded.encoding, decoded.is_guess)


@pytest.mark.parametrize("text", ["é", "e\u0301", "ﻻ", "a\r\nb\rc\n", "١2\u200f3"])
def test_code_points_and_line_ends_stay_as_they_are(text):
    assert text == decode(text.encode()).text


def test_arabic_of_windows_is_guessed_and_said_to_be_a_guess():
    decoded = decode(ARABIC.replace("١٢", "12").encode("windows-1256"))

    assert ("windows-1256", True) == (decoded.encoding, decoded.is_guess)
    assert ARABIC.replace("١٢", "12") == decoded.text


@pytest.mark.parametrize(
    "text", ["Trois tués à Lattaquié", "“Twelve” – they said", "Müller über Öl, größer"]
)
def test_western_text_of_windows_is_guessed(text):
    decoded = decode(text.encode("windows-1252"))

    assert (text, "windows-1252", True) == (decoded.text, decoded.encoding, decoded.is_guess)


def test_bytes_that_windows_does_not_know_are_still_letters():
    decoded = decode(b"Jabl\xe9 \x81 na\xefve")

    assert ("iso-8859-1", True) == (decoded.encoding, decoded.is_guess)


def test_a_declared_encoding_is_used_if_it_fits():
    decoded = decode(ARABIC.encode("iso-8859-6", "replace"), "ISO-8859-6")

    assert ("iso8859-6", False, "") == (decoded.encoding, decoded.is_guess, decoded.wrongly_said)


@pytest.mark.parametrize("said", ["rot13", "zip", "../etc", "utf-16", "us-ascii"])
def test_a_declaration_that_does_not_fit_is_told(said):
    decoded = decode(ARABIC.encode() + b"!", said)

    assert (ARABIC + "!", "utf-8", said) == (decoded.text, decoded.encoding, decoded.wrongly_said)


def test_a_mark_that_lies_is_told():
    decoded = decode(codecs.BOM_UTF8 + b"Jabl\xe9")

    assert ("utf-8", True) == (decoded.wrongly_said, decoded.is_guess)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 text", b"PK\x03\x04", b"a\x00b", b"\x89PNG\r\n", bytes(range(1, 32)) * 4]
)
def test_what_is_no_text_is_seen(data):
    assert is_binary(data)


@pytest.mark.parametrize(
    "data", [b"", b"plain", ARABIC.encode(), codecs.BOM_UTF16_LE + "a".encode("utf-16-le")]
)
def test_what_is_text_is_not_taken_for_binary(data):
    assert not is_binary(data)
