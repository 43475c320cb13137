"""What was verified stands beside a name while it holds, and nowhere else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from moderation.verification import services
from social.models import User
from tests.factories.tracks import PublicTrackFactory
from tests.moderation.verification.doing import (
    by_hand,
    verified,
)

pytestmark = pytest.mark.django_db


def test_it_stands_wherever_the_name_stands_and_only_there(client: Client, ada: User) -> None:
    track = PublicTrackFactory.create(owner=ada, title="Rain")
    verified(ada)
    badge = 'title="Verified: example.org"'
    for path in (
        track.get_absolute_url(),
        ada.get_absolute_url(),
        "/",
        f"/embed/track/{track.pk}/",
    ):
        assert badge in client.get(path).text, path
    assert 'rel="me noopener nofollow"' in client.get(ada.get_absolute_url()).text
    told = client.get(f"/api/v1/tracks/{track.pk}/").json()
    assert told["owner_verified"] == "example.org"
    track.artist_credit = "Somebody Famous"
    track.save()
    assert badge not in client.get("/").text
    User.objects.filter(pk=ada.pk).update(verified_until=timezone.now() - timedelta(seconds=1))
    for path in (track.get_absolute_url(), ada.get_absolute_url(), f"/embed/track/{track.pk}/"):
        assert badge not in client.get(path).text, path
    assert client.get(f"/api/v1/tracks/{track.pk}/").json()["owner_verified"] == ""


def test_a_list_of_many_verified_costs_no_query_more(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for n in range(6):
        verified(PublicTrackFactory.create().owner, subject=f"a{n}.example.org")
    with django_assert_max_num_queries(8):
        assert client.get("/").text.count('title="Verified:') == 6


def test_the_strongest_stands_beside_the_name(ada: User) -> None:
    verified(ada, "profile", "https://social.example/@ada")
    assert ada.verified == "social.example/@ada"
    by_hand(ada)
    assert ada.verified == "Ada Byron"
    row = verified(ada)
    assert ada.verified == "example.org"
    services.give_up(row=row, by=ada)
    ada.refresh_from_db()
    assert ada.verified == "Ada Byron"
