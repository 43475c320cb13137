"""What keeps failing is left alone for a while, and one tries for all."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from config import checks
from config.lib import breaker, redis
from config.lib.health import Degraded


class Broken(Exception):
    pass


def fail(name: str, **how: float) -> None:
    with pytest.raises(Broken), breaker.guarded(name, Broken, most=3, **how):
        raise Broken("no answer")


def state_of(name: str) -> breaker.State | None:
    return next((each for each in breaker.states(most=3) if each.name == name), None)


@pytest.fixture
def name() -> Iterator[str]:
    name = f"test-{uuid4()}"
    yield name
    redis.client().delete(redis.key("breaker", name))


def test_it_opens_after_so_many_in_a_row_and_closes_after_one_success(name: str) -> None:
    for _ in range(2):
        fail(name)
    with breaker.guarded(name, Broken, most=3):
        pass
    for _ in range(3):
        fail(name, pause=0.15)
    found = state_of(name)
    assert found
    assert (found.state, found.failures, found.reason) == ("open", 3, "Broken: no answer")
    with pytest.raises(breaker.Open) as refused, breaker.guarded(name, Broken, most=3):
        pytest.fail("nothing is tried while it is open")
    assert 0 < refused.value.seconds <= 0.15
    time.sleep(0.16)
    half = state_of(name)
    assert half
    assert half.state == "half-open"
    with breaker.guarded(name, Broken, most=3):
        pass
    assert state_of(name) is None


def test_the_doctor_tells_what_is_left_alone(name: str) -> None:
    assert checks.services() == "nobody we ask is failing"
    for _ in range(breaker.FAILURES_MOST):
        with pytest.raises(Broken), breaker.guarded(name):
            raise Broken("no answer")
    with pytest.raises(Degraded, match="Broken: no answer"):
        checks.services()


def test_one_tries_for_all(name: str) -> None:
    for _ in range(3):
        fail(name, pause=0.05)
    time.sleep(0.06)

    refused = threading.Semaphore(0)

    def attempt(_: int) -> bool:
        try:
            with breaker.guarded(name, Broken, most=3):
                return all(refused.acquire(timeout=20) for _ in range(19))
        except breaker.Open:
            refused.release()
            return False

    with ThreadPoolExecutor(20) as people:
        assert sum(people.map(attempt, range(20))) == 1


def test_a_failed_trial_opens_it_again(name: str) -> None:
    for _ in range(3):
        fail(name, pause=0.05)
    time.sleep(0.06)
    fail(name, pause=5)
    with pytest.raises(breaker.Open), breaker.guarded(name, Broken, most=3):
        pass


def test_what_is_not_its_business_counts_for_nothing(name: str) -> None:
    for _ in range(5):
        with pytest.raises(KeyError), breaker.guarded(name, Broken, most=3):
            raise KeyError
    assert state_of(name) is None
