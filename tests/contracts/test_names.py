"""What is found by its name in a text is there."""

import pytest
from django.conf import settings
from django.utils.module_loading import import_string


@pytest.mark.parametrize("name", settings.NEXUS_PERIODIC)
def test_what_the_scheduler_calls_is_there(name: str) -> None:
    assert callable(import_string(name))
