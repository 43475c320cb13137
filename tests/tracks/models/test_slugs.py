"""Addresses made of titles."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories.tracks import TrackFactory
from tracks.models.slugs import new_slug


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "pattern"),
    [
        ("Hello, World!", r"hello-world"),
        ("Änderung (2. Mix)", r"anderung-2-mix"),
        ("Smørrebrød Straße", r"smorrebrod-strasse"),
        ("夜の海", r"track-[a-z2-9]{6}"),
        ("!!!", r"track-[a-z2-9]{6}"),
        ("x" * 200, r"x{60}"),
    ],
)
def test_titles_become_plain_addresses(title: str, pattern: str) -> None:
    assert re.fullmatch(pattern, new_slug(title))


@pytest.mark.django_db
def test_a_taken_address_gets_a_short_end() -> None:
    TrackFactory(slug="hello")
    assert re.fullmatch(r"hello-[a-z2-9]{6}", new_slug("Hello"))


class AnyTitle(TestCase):
    """Whatever somebody types, an address comes out."""

    @given(st.text(max_size=300))
    def test_fits_the_column(self, title: str) -> None:
        assert re.fullmatch(r"[a-z0-9_-]{1,90}", new_slug(title))
