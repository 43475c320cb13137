"""A text that has changed is said anew, at the next publishing and not before."""

import pytest
from django.test import Client
from django.urls import reverse

from moderation.attestations import services
from moderation.models import Attestation
from moderation.models.attestation import TEXTS
from tests.factories.tracks import ReadyTrackFactory

pytestmark = pytest.mark.django_db
JSON = "application/json"


def test_what_was_said_in_other_words_is_asked_at_the_next_publishing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = ReadyTrackFactory.create(title="Rain")
    client.force_login(track.owner)
    there = reverse("api-track", args=[track.pk])

    def publish() -> None:
        client.post(reverse("track-publish", args=[track.slug]), {"when": "now"})

    publish()
    monkeypatch.setattr(services, "VERSION", 2)
    monkeypatch.setitem(TEXTS, 2, "I confirm that all of it is mine.")
    client.patch(there, {"title": "Sun"}, content_type=JSON)
    assert Attestation.objects.count() == 1
    client.patch(there, {"visibility": "private"}, content_type=JSON)
    denied = {"visibility": "public", "attested": False}
    assert client.patch(there, denied, content_type=JSON).status_code == 422
    publish()
    client.patch(there, {"visibility": "private"}, content_type=JSON)
    publish()
    found = Attestation.objects.order_by("pk")
    assert [one.version for one in found] == [1, 2]
    assert found[0].text != found[1].text
