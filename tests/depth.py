"""Large counts: a slice in `make test`, the whole in `make test-deep`."""

import os

IS_DEEP = os.environ.get("NEXUS_DEEP") == "1"


def depth(*, some: int, all_of_them: int) -> int:
    """Return how many cases this run tries."""
    return all_of_them if IS_DEEP else some
