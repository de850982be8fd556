"""A tree of hashes, by which one of many entries is proven without the others: RFC 6962, section 2.1."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256

LEAF, NODE = b"\0", b"\1"
LEFT, RIGHT = "L", "R"  # on which side of the path the other hash stands


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the hash of all `leaves`, of which there is at least one; each is a hash by `leaf`."""
    return levels(leaves)[-1][0]


def levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return the tree from its leaves to its root.

    An odd one goes up as it is: as RFC 6962 splits at powers of two, that is the same tree.
    """
    found = [[*leaves]]
    while len(level := found[-1]) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        found.append([*(_node(*pair) for pair in pairs), *(level[-1:] if len(level) % 2 else ())])
    return found


def leaf(statement: str) -> bytes:
    """Return the hash of one entry."""
    return sha256(LEAF + statement.encode()).digest()


def path(place: int, tree: list[list[bytes]]) -> list[str]:
    """Return what leads from the leaf at `place` to the root: each a side, and a hash in base64url."""
    steps = []
    for level in tree[:-1]:
        other = place ^ 1
        if other < len(level):
            side = LEFT if other < place else RIGHT
            steps.append(side + urlsafe_b64encode(level[other]).decode().rstrip("="))
        place //= 2
    return steps


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(NODE + left + right).digest()
