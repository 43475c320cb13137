"""The history of what was said, and taking a save back."""

import pytest
from django.test import Client
from django.urls import reverse

from config.lib.problems import Problem
from tests.factories.tracks import PublicTrackFactory
from tracks.catalogue.services import editing, revisions
from tracks.models import Revision, Track

pytestmark = pytest.mark.django_db


@pytest.fixture
def track() -> Track:
    track: Track = PublicTrackFactory.create(title="One", slug="one")
    return track


def last() -> Revision:
    return Revision.objects.latest("pk")


def test_each_save_is_a_revision_of_what_changed(track: Track) -> None:
    editing.edit(track=track, by=track.owner, title="Two", description_md="", language="de")
    editing.edit(track=track, by=track.owner, title="Two")
    row = Revision.objects.get()
    assert row.before == {"title": "One", "language": ""}
    assert row.after == {"title": "Two", "language": "de"}
    assert row.by == track.owner


def test_undoing_is_a_save_itself_and_can_be_undone(track: Track) -> None:
    editing.edit(track=track, by=track.owner, title="Two", lyrics="La", visibility="private")
    first = last()
    revisions.undo(revision=first, by=track.owner)
    row = Track.objects.get()
    assert (row.title, row.visibility, editing.value_of(row, "lyrics")) == ("One", "public", "")
    assert last().undoes == first
    revisions.undo(revision=last(), by=track.owner)
    row = Track.objects.get()
    assert (row.title, row.visibility, editing.value_of(row, "lyrics")) == ("Two", "private", "La")


def test_a_field_that_changed_since_is_not_undone(track: Track) -> None:
    editing.edit(track=track, by=track.owner, title="Two", language="de")
    first = last()
    editing.edit(track=track, by=track.owner, title="Three")
    with pytest.raises(Problem, match="The title changed again since"):
        revisions.undo(revision=first, by=track.owner)
    assert Track.objects.get().language == "de"


def test_a_slug_is_undone_too(track: Track) -> None:
    editing.edit(track=track, by=track.owner, slug="two")
    revisions.undo(revision=last(), by=track.owner)
    assert Track.objects.get().slug == "one"
    assert [former.slug for former in track.former_slugs.all()] == ["two"]


def test_the_page_takes_few_queries_however_long_it_is(
    track: Track, client: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        editing.edit(track=track, by=track.owner, title=f"Title {number}")
    client.force_login(track.owner)
    place = reverse("track-history", args=[track.slug])
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page = client.get(place).text
    assert page.count(">Undo<") == 24
    assert "Title 29" in page
    older = client.get(place + page.split('href="?before=')[1].split('"')[0].join(["?before=", ""]))
    assert older.text.count(">Undo<") == 6


def test_undoing_in_the_page_says_what_happened(track: Track, client: Client) -> None:
    editing.edit(track=track, by=track.owner, title="Two")
    first = last()
    client.force_login(track.owner)
    place = reverse("track-history-undo", args=[track.slug, first.pk])
    assert "Undone." in client.post(place, follow=True).text
    assert "changed again since" in client.post(place, follow=True).text
    other = PublicTrackFactory.create(owner=track.owner)
    assert (
        client.post(reverse("track-history-undo", args=[other.slug, first.pk])).status_code == 404
    )
