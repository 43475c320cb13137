"""Renaming, describing, opening: the owner's form."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db


def send(client: Client, track: Track, **changes: str) -> int:
    """Post the form; return the status."""
    data = {"title": track.title, "description_md": "", "visibility": track.visibility} | changes
    return client.post(reverse("track-edit", args=[track.slug]), data).status_code


def test_the_owner_renames_and_the_address_stays(client: Client) -> None:
    track = PublicTrackFactory(title="Draft")
    client.force_login(track.owner)
    assert send(client, track, title="  Final\tmix ", description_md="**Loud**") == 302
    row = Track.objects.get()
    assert (row.title, row.slug, row.description_md) == ("Final mix", track.slug, "**Loud**")
    assert row.updated_at > track.updated_at


def test_opening_it_leads_to_the_page_that_opens(client: Client) -> None:
    track = ReadyTrackFactory()
    client.force_login(track.owner)
    answer = client.post(
        reverse("track-edit", args=[track.slug]), {"title": "A", "visibility": "unlisted"}
    )
    row = Track.objects.get()
    assert answer["Location"] == f"/t/{row.token}/"
    assert row.token != track.token


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "   "}, "required"),
        ({"title": "\x07\u200b"}, "Give the track a title."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"visibility": "secret"}, "valid choice"),
        ({"description_md": "x" * 20_001}, "at most 20000 characters"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    client: Client, changes: dict[str, str], sentence: str
) -> None:
    track = ReadyTrackFactory()
    client.force_login(track.owner)
    data = {"title": "A", "visibility": "private"} | changes
    page = client.post(reverse("track-edit", args=[track.slug]), data)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert Track.objects.get().title == track.title


def test_nobody_else_finds_the_form(client: Client) -> None:
    track = PublicTrackFactory()
    assert send(client, track) == 302  # to sign in
    for person in (UserFactory(), StaffFactory()):
        client.force_login(person)
        assert send(client, track, title="Mine now") == 404
    assert Track.objects.get().title == track.title


def test_a_form_without_its_token_changes_nothing() -> None:
    track = PublicTrackFactory()
    client = Client(enforce_csrf_checks=True)
    client.force_login(track.owner)
    assert send(client, track, title="Forged") == 403
    assert Track.objects.get().title == track.title
