"""Upper rooms fill places that pages name: every place is on a page, and no other is filled."""

import re
from collections import Counter

import pytest
from django.conf import settings
from django.utils.safestring import SafeString

from config.lib import slots

NAMED = re.compile(r'{% slot "([^"]+)" %}')


def test_every_place_is_named_by_one_page_and_no_page_names_another() -> None:
    pages = (settings.BASE_DIR / "templates").rglob("*.html")
    named = Counter(name for page in pages for name in NAMED.findall(page.read_text()))
    assert named == Counter(dict.fromkeys(slots.SLOTS, 1))


def test_a_place_that_is_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="no-such-place"):
        slots.register("no-such-place", lambda _context: SafeString())
