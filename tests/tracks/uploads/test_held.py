"""What is uploaded as public is held from its first moment, where the house holds first pieces."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from moderation.models import Decision
from tests.tracks.uploads.conftest import Post
from tracks.models import Track

pytestmark = pytest.mark.django_db


def test_a_public_upload_of_a_newcomer_is_held_at_once(
    sent: Any, post: Post, settings: Any
) -> None:
    settings.NEXUS_HOLD_FIRST_UPLOADS = 1
    path, part = sent()
    answer = post(path, {"parts": [part], "track": {"title": "Mine", "visibility": "public"}})
    assert answer.status_code in {200, 201}, answer.text
    track = Track.objects.get()
    assert track.visibility == "public"
    assert Decision.objects.in_force().get(kind="hold").target_id == track.pk
    assert not Track.objects.visible_to(AnonymousUser()).exists()
    assert Track.objects.visible_to(track.owner).exists()
