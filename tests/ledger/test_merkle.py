"""The tree against a second, naive reading of RFC 6962 that shares no code with it."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.ledger import (
    Edge,
    consistency_holds,
    consistency_proof,
    inclusion_holds,
    inclusion_proof,
    leaf_hash,
    root_of,
)


def sha(data):
    return hashlib.sha256(data).digest()


def naive_root(entries):
    """RFC 6962 §2.1, word for word."""
    if not entries:
        return sha(b"")
    if len(entries) == 1:
        return sha(b"\x00" + entries[0])
    k = largest_power_below(len(entries))
    return sha(b"\x01" + naive_root(entries[:k]) + naive_root(entries[k:]))


def largest_power_below(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def naive_path(m, entries):
    """RFC 6962 §2.1.1."""
    if len(entries) == 1:
        return []
    k = largest_power_below(len(entries))
    if m < k:
        return [*naive_path(m, entries[:k]), naive_root(entries[k:])]
    return [*naive_path(m - k, entries[k:]), naive_root(entries[:k])]


def naive_subproof(m, entries, is_whole):
    """RFC 6962 §2.1.2."""
    if m == len(entries):
        return [] if is_whole else [naive_root(entries)]
    k = largest_power_below(len(entries))
    if m <= k:
        return [*naive_subproof(m, entries[:k], is_whole), naive_root(entries[k:])]
    return [*naive_subproof(m - k, entries[k:], False), naive_root(entries[:k])]


def entries_of(size):
    return [f"entry {number}".encode() for number in range(size)]


def leaves_of(size):
    return [leaf_hash(entry) for entry in entries_of(size)]


SIZES = range(1, 34)

# The roots of the eight test leaves that Certificate Transparency implementations share.
SHARED = [bytes.fromhex(word) for word in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip


def test_the_root_of_nothing_is_the_hash_of_nothing():
    expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    assert expected == root_of([]).hex()


def test_the_roots_of_the_shared_test_leaves_are_those_of_certificate_transparency():
    leaves = [leaf_hash(entry) for entry in SHARED]

    assert (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        == root_of(leaves[:1]).hex()
    )
    assert (
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328" == root_of(leaves).hex()
    )


@pytest.mark.parametrize("size", [0, *SIZES])
def test_the_root_is_that_of_the_naive_tree(size):
    assert naive_root(entries_of(size)) == root_of(leaves_of(size))


@pytest.mark.parametrize("size", SIZES)
def test_inclusion_proofs_are_those_of_the_naive_tree_and_hold(size):
    leaves = leaves_of(size)
    root = root_of(leaves)
    for index in range(size):
        proof = inclusion_proof(leaves, index)

        assert naive_path(index, entries_of(size)) == list(proof)
        assert inclusion_holds(leaves[index], index, size, proof=proof, root=root)


@pytest.mark.parametrize("size", SIZES)
def test_consistency_proofs_are_those_of_the_naive_tree_and_hold(size):
    leaves = leaves_of(size)
    for old in range(1, size + 1):
        proof = consistency_proof(leaves, old)

        assert naive_subproof(old, entries_of(size), True) == list(proof)
        assert consistency_holds(
            old, size, old_root=root_of(leaves[:old]), new_root=root_of(leaves), proof=proof
        )


@given(st.lists(st.binary(max_size=8), max_size=70), st.data())
def test_growing_in_steps_gives_the_same_edge_as_growing_at_once(entries, data):
    leaves = [leaf_hash(entry) for entry in entries]
    cut = data.draw(st.integers(0, len(leaves)))

    assert Edge().grown(leaves) == Edge().grown(leaves[:cut]).grown(leaves[cut:])


@given(st.integers(0, 300))
def test_an_edge_comes_back_from_its_bytes(size):
    edge = Edge().grown(leaves_of(size))

    assert edge == Edge.from_bytes(size, edge.as_bytes())


@pytest.mark.parametrize(
    ("size", "hashes"), [(-1, ()), (1, ()), (3, (b"\x00" * 32,)), (1, (b"x",))]
)
def test_an_edge_that_its_size_does_not_allow_is_refused(size, hashes):
    with pytest.raises(ValueError, match=r"edge|32 bytes"):
        Edge(size, hashes)


@settings(max_examples=300)
@given(st.integers(1, 40), st.data())
def test_a_changed_inclusion_proof_does_not_hold(size, data):
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    proof, root = list(inclusion_proof(leaves, index)), root_of(leaves)
    how = data.draw(st.sampled_from(["leaf", "root", "hash", "longer", "shorter"]))
    leaf = leaves[index]
    if how == "leaf":
        leaf = flipped(leaf)
    elif how == "root":
        root = flipped(root)
    elif how == "longer":
        proof.append(leaf)
    elif not proof:
        return
    elif how == "shorter":
        proof.pop()
    else:
        place = data.draw(st.integers(0, len(proof) - 1))
        proof[place] = flipped(proof[place])

    assert not inclusion_holds(leaf, index, size, proof=proof, root=root)


@settings(max_examples=300)
@given(st.integers(2, 40), st.data())
def test_a_changed_consistency_proof_does_not_hold(size, data):
    leaves = leaves_of(size)
    old = data.draw(st.integers(1, size - 1))
    proof = list(consistency_proof(leaves, old))
    roots = {"old_root": root_of(leaves[:old]), "new_root": root_of(leaves)}
    how = data.draw(st.sampled_from(["old_root", "new_root", "hash", "longer", "shorter"]))
    if how in roots:
        roots[how] = flipped(roots[how])
    elif how == "longer":
        proof.append(leaves[0])
    elif how == "shorter":
        proof.pop()
    else:
        place = data.draw(st.integers(0, len(proof) - 1))
        proof[place] = flipped(proof[place])

    assert not consistency_holds(old, size, proof=proof, **roots)


def flipped(digest):
    return bytes([digest[0] ^ 1]) + digest[1:]


def test_a_proof_of_hashes_that_are_not_32_bytes_does_not_hold():
    leaves = leaves_of(3)

    assert not inclusion_holds(b"", 0, 3, proof=inclusion_proof(leaves, 0), root=root_of(leaves))
    assert not consistency_holds(
        1, 3, old_root=b"", new_root=root_of(leaves), proof=consistency_proof(leaves, 1)
    )


def test_equal_sizes_are_consistent_with_no_proof_alone():
    root = root_of(leaves_of(5))

    assert consistency_holds(5, 5, old_root=root, new_root=root, proof=())
    assert not consistency_holds(5, 5, old_root=root, new_root=root, proof=(root,))
    assert not consistency_holds(5, 5, old_root=root, new_root=flipped(root), proof=())


def test_sizes_that_run_backwards_do_not_hold():
    root = root_of(leaves_of(2))

    assert not consistency_holds(0, 2, old_root=root, new_root=root, proof=())
    assert not consistency_holds(3, 2, old_root=root, new_root=root, proof=(root,))
    assert not inclusion_holds(root, 2, 2, proof=(), root=root)


def test_no_proof_is_made_for_a_leaf_or_size_that_is_not_there():
    with pytest.raises(IndexError):
        inclusion_proof(leaves_of(2), 2)
    with pytest.raises(IndexError):
        consistency_proof(leaves_of(2), 0)
    with pytest.raises(IndexError):
        consistency_proof(leaves_of(2), 3)
