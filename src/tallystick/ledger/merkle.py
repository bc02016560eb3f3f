"""Hash a growing list into one root, and prove what the root covers.

Method:
    RFC 6962 §2.1 (tree, inclusion and consistency proofs), RFC 9162 §2.1.3.2 and §2.1.4.2
    (how proofs are checked). The edge is the compact range of the tree: the roots of the perfect
    subtrees that the binary digits of its size name, largest first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = [
    "Edge",
    "consistency_holds",
    "consistency_proof",
    "inclusion_holds",
    "inclusion_proof",
    "leaf_hash",
    "root_of",
]

HASH_SIZE = 32


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one entry as a leaf of the tree."""
    return hashlib.sha256(b"\x00" + entry).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Edge:
    """Hold all of a tree that is needed to make it grow: at most 63 hashes.

    Args:
        size: Leaves so far.
        hashes: Root of each perfect subtree, largest first; one for each 1 in binary ``size``.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.hashes) != self.size.bit_count():
            raise ValueError(f"{len(self.hashes)} hashes are no edge of {self.size} leaves.")
        if any(len(item) != HASH_SIZE for item in self.hashes):
            raise ValueError("A hash of an edge is not 32 bytes.")

    def grown(self, leaves: Iterable[bytes]) -> Edge:
        """Return the edge after these leaf hashes are added, in order."""
        size, hashes = self.size, list(self.hashes)
        for leaf in leaves:
            right, filled = leaf, size
            while filled & 1:
                right = _node(hashes.pop(), right)
                filled >>= 1
            hashes.append(right)
            size += 1
        return Edge(size, tuple(hashes))

    @property
    def root(self) -> bytes:
        """The root of the whole tree; of none, the hash of nothing."""
        if not self.hashes:
            return hashlib.sha256(b"").digest()
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = _node(left, root)
        return root

    def as_bytes(self) -> bytes:
        return b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> Edge:
        """Read an edge back; the size says how many hashes it must have.

        Raises:
            ValueError: Another number of bytes than the size asks for.
        """
        steps = range(0, len(data), HASH_SIZE)
        return cls(size, tuple(data[start : start + HASH_SIZE] for start in steps))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    return Edge().grown(leaves).root


def _split(size: int) -> int:
    """Return the largest power of two below ``size`` (2 or more)."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the hashes that lead from leaf ``index`` to the root over all these leaf hashes.

    Raises:
        IndexError: No such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"Leaf {index} of {len(leaves)}.")
    path: list[bytes] = []
    start, end = 0, len(leaves)
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(root_of(leaves[middle:end]))
            end = middle
        else:
            path.append(root_of(leaves[start:middle]))
            start = middle
    return tuple(reversed(path))


def inclusion_holds(
    leaf: bytes, index: int, size: int, *, proof: Sequence[bytes], root: bytes
) -> bool:
    """Say whether the proof leads from the leaf at ``index`` of ``size`` to the root.

    The size must come from a head that is trusted: a proof does not bind it.
    """
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    here, last, running = index, size - 1, leaf
    for item in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            running = _node(item, running)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            running = _node(running, item)
        here, last = here >> 1, last >> 1
    return last == 0 and running == root


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """Return the hashes that show the first ``old_size`` leaves unchanged under these leaves.

    Raises:
        IndexError: ``old_size`` is not between 1 and the number of leaves.
    """
    if not 0 < old_size <= len(leaves):
        raise IndexError(f"{old_size} of {len(leaves)} leaves.")
    path: list[bytes] = []
    start, end, is_whole = 0, len(leaves), True
    while start + (size := old_size - start) != end:
        middle = start + _split(end - start)
        if size <= middle - start:
            path.append(root_of(leaves[middle:end]))
            end = middle
        else:
            path.append(root_of(leaves[start:middle]))
            start, is_whole = middle, False
    if not is_whole:
        path.append(root_of(leaves[start:end]))
    return tuple(reversed(path))


def consistency_holds(
    old_size: int, new_size: int, *, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Say whether the proof shows that the new tree only adds to the old one."""
    if not 0 < old_size <= new_size or not _are_hashes(old_root, new_root, *proof):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    # A tree that is one perfect subtree of the new one is its own first hash.
    hashes = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    return bool(hashes) and _climb(old_size, new_size, hashes) == (old_root, new_root)


def _climb(old_size: int, new_size: int, hashes: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    here, last = old_size - 1, new_size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = hashes[0]
    for item in hashes[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            old, new = _node(item, old), _node(item, new)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            new = _node(new, item)
        here, last = here >> 1, last >> 1
    return (old, new) if last == 0 else None


def _are_hashes(*items: bytes) -> bool:
    return all(len(item) == HASH_SIZE for item in items)
