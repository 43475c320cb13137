"""The one limiter lets exactly so many pass, whoever comes at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.lib import limits, redis
from config.lib.problems import Problem


def test_of_fifty_at_once_as_many_pass_as_may() -> None:
    who = uuid4()
    with ThreadPoolExecutor(50) as people:
        shares = list(people.map(lambda _: limits.take("t", who, most=17, seconds=600), range(200)))
    assert sum(share.passes for share in shares) == 17
    assert sorted(share.left for share in shares if share.passes) == list(range(17))


def test_a_share_comes_back_evenly() -> None:
    who = uuid4()
    for _ in range(5):
        assert limits.take("t", who, most=5, seconds=1).passes
    refused = limits.take("t", who, most=5, seconds=1)
    assert not refused.passes
    assert 0 < refused.wait <= 0.2
    assert 0.5 < refused.whole <= 1
    time.sleep(refused.wait + 0.005)
    assert limits.take("t", who, most=5, seconds=1).passes
    assert not limits.take("t", who, most=5, seconds=1).passes


def test_what_is_refused_takes_nothing() -> None:
    who = uuid4()
    assert limits.take("t", who, most=3, seconds=600, weight=2).passes
    assert not limits.take("t", who, most=3, seconds=600, weight=2).passes
    assert limits.take("t", who, most=3, seconds=600).passes
    assert not limits.take("t", who, most=3, seconds=600, weight=4).passes


@settings(max_examples=40, deadline=None)
@given(most=st.integers(1, 20), weights=st.lists(st.integers(1, 5), max_size=30), other=st.uuids())
def test_in_no_order_pass_more_than_the_share(most: int, weights: list[int], other: object) -> None:
    who, passed = uuid4(), 0
    for weight in weights:
        share = limits.take("t", who, most=most, seconds=86_400, weight=weight)
        assert share.passes == (passed + weight <= most)
        passed += weight * share.passes
        assert share.left == (most - passed if weight <= most else 0)
    assert limits.take("t", (who, other), most=most, seconds=86_400).passes


def test_a_key_tells_no_address_and_ends() -> None:
    limits.take("telling", "203.0.113.77", most=3, seconds=60)
    names = list(redis.client().scan_iter("*rate:telling:*"))
    assert names
    assert not [name for name in names if b"203.0" in name]
    assert all(0 < redis.client().pttl(name) <= 60_000 for name in names)


def test_the_sentence_comes_with_the_seconds() -> None:
    who = uuid4()
    for _ in range(limits.LIMITS["review-password"].most):
        limits.spend("review-password", who)
    with pytest.raises(Problem) as refused:
        limits.spend("review-password", who)
    assert refused.value.status == 429
    assert 1 <= refused.value.extra["retry_after"] <= 113  # a quarter of an hour ÷ 8
