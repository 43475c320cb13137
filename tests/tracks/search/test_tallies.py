"""Counts above 1,000: told from a part of what is found, and still those of the lists."""

from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection

from social.models import User
from tests.factories import moderation as judges
from tests.factories.tracks import PublicTrackFactory
from tracks.models import Track
from tracks.search import counting, ranking, selectors, tallies
from tracks.search.grammar import Chip, Wanted, read
from tracks.search.registry import KINDS

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
BROAD = ("licence:reserved", "key:8A", "bpm:60..200", "bpm:60..200 -love", "l")


@pytest.fixture
def library() -> None:
    """So many pieces that much of what is looked for is above 1,000."""
    PublicTrackFactory.create()
    call_command("synthesise", tracks=6_000)


def wanted(text: str) -> Wanted:
    return read({"q": [text]})


def of_lists(text: str) -> dict[str, int]:
    """Return how long each list is that a facet offers, walked to its end."""
    told = {}
    for group in counting.groups(wanted(text), VISITOR):
        for option in group.options:
            narrower = wanted(text).with_chip(option.chip)
            assert option.count == selectors.count(narrower, VISITOR), option
            told[option.chip.label] = option.count
    return told


@pytest.mark.long("6,000 pieces are made, and lists walked to their ends")
def test_what_is_counted_from_a_part_is_the_length_of_its_list(library: None) -> None:
    for text in BROAD:
        told = of_lists(text)
        assert told, text
    assert max(told.values()) == selectors.EXACT_MOST + 1
    assert 0 < min(told.values()) <= selectors.EXACT_MOST


@pytest.mark.long("6,000 pieces are made, and lists walked to their ends")
def test_what_was_closed_since_counts_in_none(library: None) -> None:
    owners = User.objects.filter(handle__startswith="synthetic-").order_by("pk")
    half = list(owners.values_list("pk", flat=True))[::2]
    judges.as_before_decisions(
        User.objects.filter(pk__in=half), is_banned=True
    )  # their documents stay meanwhile
    left = Track.objects.visible_to(VISITOR).published().count()
    assert 1_000 < left < 4_000
    for text in BROAD[:3]:
        of_lists(text)


def test_what_is_nearly_so_is_counted_as_its_list(library: None) -> None:
    mistyped = wanted("nigth")
    fits = partial(ranking.with_near, near=ranking.near_words(mistyped))
    licences = ("all-rights-reserved", "cc0")
    states = [mistyped.with_chip(Chip("licence", value)) for value in licences]
    exactly = [selectors.count(state, VISITOR) for state in states]
    assert tallies.counts(states, VISITOR, fits=fits) == exactly
    assert exactly[0] > 0


def test_kinds_are_counted_together(library: None, django_assert_max_num_queries: Any) -> None:
    for text in (*BROAD, "the", "love", "nothinglikethis"):
        state = wanted(text)
        exactly = {name: selectors.count(state.of_kind(name), VISITOR) for name in KINDS}
        assert tallies.of_kinds(state, VISITOR) == exactly, text
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tracks_document")
    with django_assert_max_num_queries(24):
        counting.groups(wanted("bpm:60..200"), VISITOR)
