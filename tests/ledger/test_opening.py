from __future__ import annotations

import hashlib
import hmac

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tallystick.ledger import Opening, root_of, sealed
from tallystick.records import NotCanonical

SALT = bytes(range(32))
words = st.text(st.characters(codec="utf-8"), max_size=6)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
bodies = st.dictionaries(words, values, max_size=5)


def naive_commitment(body, salt):
    """The commitment by its definition, with an independent RFC 8785."""
    leaves = []
    for name in sorted(body):
        own = hmac.new(salt, name.encode(), hashlib.sha256).digest()[:16].hex()
        told = rfc8785.dumps([own, name, body[name]])
        leaves.append(hashlib.sha256(b"\x00" + told).digest())
    return root_of(leaves).hex()


@given(bodies, st.binary(min_size=32, max_size=32))
def test_a_body_is_kept_in_its_canonical_bytes_and_committed_to_by_definition(body, salt):
    opening, commitment = sealed(body, salt)

    assert rfc8785.dumps(body) == opening.body
    assert naive_commitment(body, salt) == commitment
    assert commitment == opening.commitment()


@given(bodies.filter(bool), st.data())
def test_another_value_of_one_field_is_another_commitment(body, data):
    name = data.draw(st.sampled_from(sorted(body)))
    other = body | {name: [body[name]]}

    assert sealed(body, SALT)[1] != sealed(other, SALT)[1]


def test_the_same_body_with_another_salt_is_another_commitment():
    assert sealed({"n": 1}, SALT)[1] != sealed({"n": 1}, bytes(32))[1]


def test_a_field_can_be_shown_without_the_others():
    body = {"kind": "killed", "lo": 12}
    _, commitment = sealed(body, SALT)
    own = hmac.new(SALT, b"kind", hashlib.sha256).digest()[:16].hex()
    shown = hashlib.sha256(b"\x00" + rfc8785.dumps([own, "kind", "killed"])).digest()
    other = hmac.new(SALT, b"lo", hashlib.sha256).digest()[:16].hex()
    withheld = hashlib.sha256(b"\x00" + rfc8785.dumps([other, "lo", 12])).digest()

    assert commitment == root_of([shown, withheld]).hex()


def test_a_body_that_is_not_canonical_has_no_commitment():
    with pytest.raises(NotCanonical):
        Opening(SALT, b'{"a": 1}').commitment()
    with pytest.raises(NotCanonical):
        sealed({"a": 0.5}, SALT)
    for data in (b"[1]", b"{", b"\xff", b'{"a":0.5}', b'{"a":1,"a":1}', b"[" * 100_000):
        with pytest.raises(NotCanonical):
            Opening(SALT, data).commitment()
