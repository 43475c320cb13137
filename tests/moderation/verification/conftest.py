"""Places elsewhere, and somebody who wants to be verified."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from social.models import User
from tests.factories.social import UserFactory
from tests.moderation.verification.places import Places, standing


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    """Forget how often somebody asked."""
    cache.clear()


@pytest.fixture
def places(settings: Any) -> Iterator[Places]:
    """Stand-ins for other sites and for the name server."""
    with standing(settings) as found:
        yield found


@pytest.fixture
def ada() -> User:
    """An artist."""
    made: User = UserFactory.create(handle="ada", display_name="Ada")
    return made
