"""Which tests run together: each belongs to one stage, by where it lies and what it starts.

`plain` tests are busy all the time, so as many run at once as there are cores; `waiting` ones (a
browser, a fault, processes of a site) mostly wait for others; `measured` ones hold a stop-watch.
"""

import pytest

FOLDERS = {"browser": "waiting", "faults": "waiting", "measured": "measured"}
STARTING = {"site", "launch", "arrangement"}  # fixtures that start processes


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test with its stage, before `-m` chooses."""
    for item in items:
        item.add_marker(stage_of(item))


def stage_of(item: pytest.Item) -> str:
    """Return `plain`, `waiting` or `measured`: what is marked by hand, else by its place."""
    for name in ("measured", "waiting"):
        if item.get_closest_marker(name):
            return name
    for part in item.nodeid.partition("::")[0].split("/"):  # not where the clone lies
        if part in FOLDERS:
            return FOLDERS[part]
    return "waiting" if STARTING & set(getattr(item, "fixturenames", ())) else "plain"
