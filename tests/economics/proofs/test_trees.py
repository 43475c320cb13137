"""Trees of sums: every leaf leads to the root, and no other one does, whatever their number."""

import hashlib
from typing import Any

import pytest

from economics.proofs import check
from tests.depth import depth

SIZES = range(1, 131)


def leaves(count: int) -> list[dict[str, Any]]:
    """Return what so many leaves say."""
    return [
        {
            "contribution": str(n),
            "lines": {"artists": 7 * n + 1, "platform": n + 1},
            "nonce": f"{n:064x}",
        }
        for n in range(count)
    ]


@pytest.mark.parametrize("count", SIZES)
def test_every_leaf_leads_to_the_root_with_all_sums(count: int) -> None:
    nodes = [check.leaf(one) for one in leaves(count)]
    top = check.root(nodes)
    assert top["sums"] == check.add(*(one["sums"] for one in nodes))
    for position in range(count):
        beside = check.path(nodes, position)
        assert len(beside) <= (count - 1).bit_length()
        assert check.climb(nodes[position], position, count, beside) == top


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 64, 65, 130])
def test_no_other_leaf_place_path_or_amount_leads_there(count: int) -> None:
    said = leaves(count)
    nodes = [check.leaf(one) for one in said]
    top = check.root(nodes)

    def leads(node: Any, position: int, count: int, beside: list[Any]) -> bool:
        try:
            return bool(check.climb(node, position, count, beside) == top)
        except check.Wrong:
            return False

    for position in range(0, count, depth(some=7, all_of_them=1)):
        beside = check.path(nodes, position)
        changed = said[position] | {"lines": {"artists": 1}}
        assert not leads(check.leaf(changed), position, count, beside)
        assert not leads(check.leaf(said[position] | {"nonce": "0"}), position, count, beside)
        assert not leads(nodes[position], position, count, [*beside, nodes[0]])
        assert not leads(nodes[position], position, 2 * count + 1, beside)
        for n, node in enumerate(beside):
            less = [*beside[:n], *beside[n + 1 :]]
            other = [*beside[:n], node | {"sums": {"artists": 1}}, *beside[n + 1 :]]
            assert not leads(nodes[position], position, count, less)
            assert not leads(nodes[position], position, count, other)


def test_a_leaf_and_a_node_are_hashed_apart() -> None:
    """Else the two below a node could be told as one leaf (RFC 6962, section 2.1)."""
    one: dict[str, Any] = {"lines": {}}
    assert check.leaf(one)["hash"] == hashlib.sha256(b'\x00{"lines":{}}').hexdigest()
    assert len({check.digest(kind, [1]) for kind in (check.LEAF, check.NODE, check.HEAD)}) == 3


def test_the_tree_has_the_shape_of_rfc_6962() -> None:
    assert [check.split(count) for count in (2, 3, 4, 5, 7, 8, 9)] == [1, 2, 2, 4, 4, 4, 8]
    a, b, c = (check.leaf(one) for one in leaves(3))
    assert check.root([a, b, c]) == check.join(check.join(a, b), c)
    assert check.path([a, b, c], 2) == [check.join(a, b)]


def test_what_is_hashed_has_one_form() -> None:
    assert check.canonical({"b": 1, "a": "ü"}) == b'{"a":"\\u00fc","b":1}'
