"""What a decision closes is closed at once: kept pages, signed addresses, lists, search."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client

from media_pipeline.delivery import media_url
from media_pipeline.models import Media
from moderation.decisions import services
from moderation.models import Case, Report
from tests.factories.moderation import decide, make_report, moderator
from tests.factories.notes import NoteFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tests.indexing import index
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE, EACH = 8, 4


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> Iterator[None]:
    settings.PAGE_CACHE_SECONDS = 600
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize("scope", ["track", "version"])
def test_kept_pages_and_lists_close_at_once_and_open_again(scope: str, client: Client) -> None:
    track: Track = PublicTrackFactory.create(title="Loudest piece")
    pages = [track.get_absolute_url(), f"/embed/track/{track.pk}/"]
    lists = ["/", "/search/?q=Loudest", track.owner.get_absolute_url()]
    index()
    assert {client.get(page).status_code for page in pages} == {200}
    assert all("Loudest piece" in client.get(page).text for page in lists)
    made = decide(track if scope == "track" else track.primary_version, "hide", scope)
    assert {client.get(page).status_code for page in pages} == {404}
    assert not any("Loudest piece" in client.get(page).text for page in lists)
    services.restore(decision=made, by=moderator(), facts="No.")
    index()
    assert {client.get(page).status_code for page in pages} == {200}
    assert all("Loudest piece" in client.get(page).text for page in lists)


@pytest.mark.parametrize("scope", ["track", "version"])
def test_what_was_signed_before_ends(scope: str, client: Client) -> None:
    track: Track = PublicTrackFactory.create()
    media = track.primary_version.media

    def ask(found: Media) -> int:
        return client.get(media_url(found, found.asset.attempt, "master.m3u8")).status_code

    assert ask(media) != 403
    decide(track if scope == "track" else track.primary_version, "hide", scope)
    assert ask(media) == 403


def test_pages_of_lists_and_notes_close_too(client: Client) -> None:
    note = NoteFactory.create(body_md="Words that hurt")
    release = ReleaseFactory.create(visibility="public")
    playlist = PlaylistFactory.create(visibility="public")
    room = f"/tracks/{note.track_id}/notes/"
    assert "Words that hurt" in client.get(room).text
    for row, scope in ((release, "release"), (playlist, "playlist")):
        assert client.get(row.get_absolute_url()).status_code == 200
        decide(row, "hide", scope)
        assert client.get(row.get_absolute_url()).status_code == 404
    decide(note, "hide", "note")
    assert "Words that hurt" not in client.get(room).text


def test_reports_that_come_at_once_join_one_case_and_none_is_lost() -> None:
    track = PublicTrackFactory.create()

    def send(number: int) -> None:
        try:
            for part in range(EACH):
                make_report(track, source=f"203.0.113.{number * EACH + part}")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(send, range(AT_ONCE)))
    assert Case.objects.count() == 1
    assert Report.objects.count() == AT_ONCE * EACH
