"""Small records for the ledger's tests."""

from __future__ import annotations

from tallystick.records import Claim, Dump, Issue, Review, Source, Statement, digest

AT = "2025-03-18T09:30:00Z"
WHO = {"actor": "u-1", "at": AT}


def source(number=0, **told):
    sha256 = digest(b"source %d" % number)
    text = Dump(sha256=digest(b"text %d" % number), size=6, tool="plain-1 utf-8")
    plain = {
        "id": f"s-{sha256[:12]}",
        "media_type": "text/plain",
        "sha256": sha256,
        "size": 8,
        "text": text,
    }
    return Source(**(plain | told))


def claim(of, lo=12, **told):
    plain = {
        "source": of.id,
        "originator": "sohr",
        "kind": "killed",
        "lo": lo,
        "hi": lo,
        "span": (0, 20),
        "method": "reader-1",
    }
    return Claim(**(plain | told))


def statement(of, **told):
    plain = {
        "source": of.id,
        "span": (30, 40),
        "quote": "it said so",
        "kind": "denial",
        "speaker": "x:ministry",
    }
    return Statement(**(plain | told))


def review(of, verdict="accept", **told):
    if verdict == "reject":
        told.setdefault("reason", "not a count")
    return Review(claim=of.id, verdict=verdict, reviewer="u-2", at=AT, **told)


def issue(where, code="reading.unclear"):
    return Issue(code=code, weight="warning", where=where, says="It is unclear.", then="look.")
