"""Commit to what an entry says without saying it, and open the commitment again.

Each field of a body is one leaf of a small tree; the entry holds the tree's root. To show one
field and withhold the others, give its salt and value, and only the leaf hashes of the others.

Method:
    RFC 6962 root over SHA-256(0x00 || RFC 8785 of [salt, name, value]), names sorted. The salt of
    a field is the first 16 bytes of HMAC-SHA256(salt of the entry, name), in hexadecimal.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tallystick.ledger.merkle import leaf_hash, root_of
from tallystick.records import NotCanonical, canonical

__all__ = ["SALT_SIZE", "Opening", "sealed"]

SALT_SIZE = 32


@dataclass(frozen=True, slots=True)
class Opening:
    """Hold what lies beside an entry: its body's exact bytes and the salt of its commitment."""

    salt: bytes
    body: bytes

    def commitment(self) -> str:
        """Return the root that the entry must hold, in hexadecimal.

        Raises:
            NotCanonical: The body is not the canonical bytes of an object.
        """
        try:
            told = json.loads(self.body)
        except (ValueError, RecursionError) as trouble:
            raise NotCanonical("no JSON") from trouble
        if not isinstance(told, dict):
            raise NotCanonical("a body is an object")
        anew, root = sealed(told, self.salt)
        if anew.body != self.body:
            raise NotCanonical("the bytes differ from the value's canonical bytes")
        return root


def sealed(body: Mapping[str, object], salt: bytes) -> tuple[Opening, str]:
    """Return the opening of a body, and the root that commits to it.

    Raises:
        NotCanonical: A value that JSON or the journal cannot hold.
    """
    parts = {name: canonical(value) for name, value in body.items()}
    order = sorted(parts, key=lambda name: name.encode("utf-16-be"))
    inside = b",".join(_named(name) + b":" + parts[name] for name in order)
    return Opening(salt, b"{" + inside + b"}"), _root(parts, salt)


def _root(parts: Mapping[str, bytes], salt: bytes) -> str:
    leaves = []
    for name in sorted(parts):
        own = hmac.digest(salt, name.encode("utf-8"), "sha256")[:16].hex()
        leaves.append(leaf_hash(b'["%b",%b,%b]' % (own.encode(), _named(name), parts[name])))
    return root_of(leaves).hex()


@lru_cache(maxsize=256)
def _named(name: str) -> bytes:
    return canonical(name)
