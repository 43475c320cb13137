"""People's tests."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    """Start with no attempts counted: rates live in the cache, which no transaction rolls back."""
    cache.clear()
