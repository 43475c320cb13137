"""A site on which money is held until it is paid out."""

import pytest
from django.core.cache import cache

from config.assets import build
from tests.sites import Site

INSTRUCTIONS = "Send it to DE00 1234."


@pytest.fixture
def pooled(site: Site) -> Site:
    """A site whose operator holds what is given."""
    build.refresh()
    cache.clear()
    site.serve(NEXUS_MONEY="pooled", NEXUS_MONEY_INSTRUCTIONS=INSTRUCTIONS)
    return site
