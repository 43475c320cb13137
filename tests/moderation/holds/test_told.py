"""A program of the owner is told of a held piece, with the reason; nobody else is."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.social import UserFactory
from tests.factories.tracks import ReadyTrackFactory
from tests.moderation.holds.test_holds import held, let_through, publish

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture(autouse=True)
def _two_are_held(settings: Any) -> None:
    settings.NEXUS_HOLD_FIRST_UPLOADS = 2
    cache.clear()


def test_its_owner_reads_why_until_it_is_let_through(client: Client) -> None:
    track = ReadyTrackFactory.create(title="Harbour")
    there = f"/api/v1/tracks/{track.pk}/"
    client.force_login(track.owner)
    assert client.get(there).json()["held"] is None
    words = {"visibility": "public", "attested": True}
    answered = client.patch(there, words, content_type=JSON).json()["held"]
    made = held(track)
    told = client.get(there).json()["held"]
    assert told == answered
    assert told["decision"] == str(made.pk)
    assert "a person looks at each of these first" in told["reason"]
    assert told["since"]
    assert told["url"].endswith(made.get_absolute_url())
    let_through(track)
    assert client.get(there).json()["held"] is None
    assert Client().get(there).json()["held"] is None


def test_a_moderator_who_looks_at_it_is_told_as_others_are(client: Client) -> None:
    track = publish(ReadyTrackFactory.create())
    let_through(track)
    client.force_login(UserFactory.create())
    assert client.get(f"/api/v1/tracks/{track.pk}/").json()["held"] is None
