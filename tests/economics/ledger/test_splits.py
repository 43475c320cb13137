"""Shares to the minor unit: exact, fair, and the same in any order."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economics.ledger.rules import split
from tests.depth import depth

CUTS = st.lists(st.integers(0, 10_000), min_size=0, max_size=6)


def shares_of(cuts: list[int]) -> dict[str, int]:
    """Cut a whole at these places."""
    edges = [0, *sorted(cuts), 10_000]
    return {f"k{n}": edges[n + 1] - edges[n] for n in range(len(edges) - 1)}


@settings(max_examples=depth(some=300, all_of_them=100_000), deadline=None)
@given(amount=st.integers(0, 10**15), cuts=CUTS, order=st.randoms())
def test_a_split_is_exact_fair_and_knows_no_order(amount: int, cuts: list[int], order) -> None:  # type: ignore[no-untyped-def]
    shares = shares_of(cuts)
    parts = split(amount, shares)
    assert sum(parts.values()) == amount
    for key, part in parts.items():
        assert abs(part - Fraction(amount * shares[key], 10_000)) < 1
    shuffled = list(shares.items())
    order.shuffle(shuffled)
    assert split(amount, dict(shuffled)) == parts


@pytest.mark.parametrize(
    ("amount", "shares", "parts"),
    [
        (1000, {"a": 7000, "b": 2000, "c": 1000}, {"a": 700, "b": 200, "c": 100}),
        (1, {"a": 3334, "b": 3333, "c": 3333}, {"a": 1, "b": 0, "c": 0}),
        (100, {"b": 3333, "a": 3333, "c": 3334}, {"a": 33, "b": 33, "c": 34}),
        (1, {"b": 5000, "a": 5000}, {"a": 1, "b": 0}),
        (0, {"a": 10_000}, {"a": 0}),
    ],
)
def test_largest_remainders_win_and_ties_go_by_key(
    amount: int, shares: dict[str, int], parts: dict[str, int]
) -> None:
    assert split(amount, shares) == parts


@pytest.mark.parametrize(
    ("amount", "shares"),
    [(10, {"a": 9999}), (-1, {"a": 10_000}), (1, {"a": 10_001, "b": -1}), (1, {})],
)
def test_what_is_no_whole_is_refused(amount: int, shares: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"less than nothing|a whole"):
        split(amount, shares)
