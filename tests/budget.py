"""No test takes long unless it says why.

Over 3 s, or over 10 s where a browser, a fault or a stop-watch needs them, a test fails unless it
carries `@pytest.mark.long("the reason")`, and no more than twenty do. A slow or loaded machine is
measured before anybody is blamed: what counts is the time a quiet machine would have taken.
"""

import time
from collections.abc import Generator, Iterable
from pathlib import Path

import pytest

USUAL_S = 3.0
LONGEST_S = 10.0
MARKS_MAX = 20
ROOMY = ("measured", "faults", "browser")
SPIN = 400_000
QUIET_SPIN_S = 0.01  # what one such loop takes on a quiet machine


def check_marks(items: Iterable[pytest.Item]) -> None:
    """Refuse a run in which too many tests, or tests without a reason, are excused."""
    marked = {item.nodeid.split("[")[0]: item.get_closest_marker("long") for item in items}
    excused = {name: mark for name, mark in marked.items() if mark}
    if nameless := [name for name, mark in excused.items() if not mark.args]:
        raise pytest.UsageError(f"say why these take long: {nameless}")
    if len(excused) > MARKS_MAX:
        raise pytest.UsageError(f"{len(excused)} tests may take long, of {MARKS_MAX}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what has passed and taken longer than it may; fixtures are not counted."""
    report = yield
    limit = LONGEST_S if set(Path(item.path).parts) & set(ROOMY) else USUAL_S
    if not report.passed or call.when != "call" or call.duration <= limit:
        return report
    if item.get_closest_marker("long") or call.duration / slowdown() <= limit:
        return report
    report.outcome = "failed"
    report.longrepr = f"{item.nodeid} took {call.duration:.1f} s, and may take {limit:.0f} s"
    return report


def slowdown() -> float:
    """Return how many times as long as on a quiet machine a piece of work takes just now."""
    begun = time.perf_counter()
    for _ in range(3):
        sum(range(SPIN))
    return max(1.0, (time.perf_counter() - begun) / (3 * QUIET_SPIN_S))
