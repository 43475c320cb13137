"""The room of notes on its own page, without scripts."""

import pytest
from django.test import Client
from django.urls import reverse

from social.models import Note, Notification
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import read_events

pytestmark = pytest.mark.django_db


def test_a_note_is_written_answered_and_settled(client: Client) -> None:
    track = PublicTrackFactory.create()
    fan = UserFactory.create(handle="fan")
    room = reverse("track-notes", args=[track.pk])
    client.force_login(fan)
    answer = client.post(room, {"at": "1:02.5", "body_md": "The *snare* is loud."})
    note = Note.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"#note-{note.pk}")
    assert (note.at_ms, note.until_ms, note.user) == (62_500, None, fan)
    page = client.get(room).text
    assert "<em>snare</em>" in page
    assert 'data-at-ms="62500"' in page
    client.force_login(track.owner)
    client.post(reverse("note-reply", args=[note.pk]), {"body_md": "Agreed."})
    client.post(reverse("note-resolve", args=[note.pk]))
    page = client.get(room).text
    assert "Agreed." in page
    assert "Resolved by" in page
    read_events()
    kinds = Notification.objects.order_by("id").values_list("user__handle", "kind")
    assert list(kinds) == [(track.owner.handle, "noted"), ("fan", "replied"), ("fan", "answered")]
