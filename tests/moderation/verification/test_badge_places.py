"""The badge stands beside an account's own name in lists, on pages and on notes, at no cost."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from social.models import User
from tests.factories.notes import NoteFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tests.indexing import index
from tests.moderation.verification.doing import verified
from tracks.models import Release

pytestmark = pytest.mark.django_db(transaction=True)
BADGE = 'title="Verified: example.org"'


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def ada() -> User:
    """Somebody whose domain was verified."""
    person: User = UserFactory.create(handle="ada", display_name="Ada")
    verified(person)
    return person


def badges(client: Client, path: str) -> int:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.text).count(BADGE)


def test_on_releases_and_playlists_and_their_cards(client: Client, ada: User) -> None:
    release = ReleaseFactory.create(owner=ada, visibility="public", title="Greyest album")
    playlist = PlaylistFactory.create(owner=ada, visibility="public", title="Greyest list")
    PlaylistFactory.create(visibility="public", title="Greyest other")
    index()
    for row in (release, playlist):
        assert badges(client, row.get_absolute_url()) == 1
    assert badges(client, "/search/?q=Greyest&type=release") == 1
    assert badges(client, "/search/?q=Greyest&type=playlist") == 1
    Release.objects.filter(pk=release.pk).update(artist_credit="Somebody Famous")
    index()
    cache.clear()
    assert badges(client, "/search/?q=Greyest&type=release") == 0


def test_on_what_an_account_wrote_and_not_on_what_it_brought_in(client: Client, ada: User) -> None:
    track = PublicTrackFactory.create()
    written = {"track": track, "version": track.primary_version}
    note = NoteFactory.create(user=ada, **written)
    NoteFactory.create(parent=note, user=ada, **written)
    NoteFactory.create(user=ada, attribution="Somebody Famous", **written)
    NoteFactory.create(**written)
    assert badges(client, f"/tracks/{track.pk}/notes/") == 2


def test_no_list_asks_more_for_it(client: Client, ada: User) -> None:
    track = PublicTrackFactory.create()
    written: dict[str, Any] = {"track": track, "version": track.primary_version}
    for _ in range(3):
        NoteFactory.create(user=ada, **written)
        ReleaseFactory.create(owner=ada, visibility="public", title="Greyest album")
    index()

    def queries() -> list[int]:
        found = []
        for path in (f"/tracks/{track.pk}/notes/", "/search/?q=Greyest&type=release"):
            cache.clear()
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(path)
            found.append(len(asked))
        return found

    with_badges = queries()
    User.objects.filter(pk=ada.pk).update(verified_until=None)
    assert queries() == with_badges
