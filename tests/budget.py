"""No test takes long unless it says why.

Over 3 s, or over 10 s outside the `plain` stage (`tests/stages.py`), a test fails unless it carries
`@pytest.mark.long("the reason")`, and no more than twenty do. What counts is the time without that
in which something had to wait for a processor (Linux's pressure stall information): a loaded
machine makes no test fail, a slow one has more time, and where the kernel does not say, none is
held to it. Machines of one kind differ from day to day, and a sum does not say how long a browser
takes to draw: what is over its budget is named, and fails from `TOLERANCE` times of it.
"""

import time
from collections.abc import Generator, Iterable
from functools import cache
from pathlib import Path

import pytest

USUAL_S = 3.0
LONGEST_S = 10.0
TOLERANCE = 2.5
MARKS_MAX = 20
SPIN, SPIN_S = 400_000, 0.006
PRESSURE = Path("/proc/pressure/cpu")


def check_marks(items: Iterable[pytest.Item]) -> None:
    """Refuse a run in which too many tests, or tests without a reason, are excused."""
    marked = {item.nodeid.split("[")[0]: item.get_closest_marker("long") for item in items}
    excused = {name: mark for name, mark in marked.items() if mark}
    if nameless := [name for name, mark in excused.items() if not mark.args]:
        raise pytest.UsageError(f"say why these take long: {nameless}")
    if len(excused) > MARKS_MAX:
        raise pytest.UsageError(f"{len(excused)} tests may take long, of {MARKS_MAX}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Measure the test itself; what fixtures take is not counted."""
    begun, waited = time.monotonic(), stalled()
    yield
    taken = time.monotonic() - begun
    now = stalled()
    known = waited is not None and now is not None
    stall = (now - waited) if known else taken  # type: ignore[operator]
    # Where most of the time was spent waiting for others, nothing can be said.
    item.stash[TAKEN] = taken - stall if stall < taken / 2 else 0.0


TAKEN = pytest.StashKey[float]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what has passed and taken longer than it may."""
    report = yield
    limit = (USUAL_S if item.get_closest_marker("plain") else LONGEST_S) * slowness()
    taken = item.stash.get(TAKEN, 0.0)
    if not report.passed or call.when != "call" or taken <= limit:
        return report
    if item.get_closest_marker("long"):
        return report
    words = f"{item.nodeid} took {taken:.1f} s, and may take {limit:.0f} s"
    if taken > limit * TOLERANCE:
        report.outcome, report.longrepr = "failed", words
    else:
        item.warn(pytest.PytestWarning(words))
    return report


@cache
def slowness() -> float:
    """Return how many times as long this machine takes for a sum as that of the budgets did."""
    took = []
    for _ in range(5):
        begun = time.perf_counter()
        sum(range(SPIN))
        took.append(time.perf_counter() - begun)
    return max(1.0, min(took) / SPIN_S)


def stalled() -> float | None:
    """Return the seconds since the start of the machine in which some process had to wait.

    https://docs.kernel.org/accounting/psi.html; None where the kernel does not count them.
    """
    try:
        line = PRESSURE.read_text().splitlines()[0]
    except OSError:
        return None
    return int(line.rpartition("total=")[2]) / 1e6
