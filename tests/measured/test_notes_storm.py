"""A piece with many notes, and many pages that come back at once after a restart."""

import asyncio

from django.conf import settings

from social.models import Note, Placement
from tests.depth import depth
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.measured.storm import storm
from tests.sites import Site
from tests.sockets import signed_in
from tracks.models import Track

NOTES = depth(some=2000, all_of_them=10_000)
PAGES = depth(some=100, all_of_them=500)
PEOPLE = 10
PAGE_OF_THREADS = 100


def many_notes(track: Track, number: int) -> None:
    """Put so many notes on the primary version."""
    version = track.primary_version
    assert version
    notes = [
        Note(track=track, version=version, user=track.owner, at_ms=n * 50, body_md=f"Take {n}.")
        for n in range(number)
    ]
    Note.objects.bulk_create(notes, batch_size=1000)
    places = [Placement(note=note, version=version, at_ms=note.at_ms) for note in notes]
    Placement.objects.bulk_create(places, batch_size=1000)


def test_a_storm_of_pages_is_let_in_and_told_page_by_page(site: Site) -> None:
    track: Track = PublicTrackFactory()
    many_notes(track, NOTES)
    people = [signed_in(UserFactory()) for _ in range(PEOPLE)]
    name = settings.SESSION_COOKIE_NAME
    cookies = [f"{name}={client.cookies[name].value}" for client in people] + [""] * PEOPLE
    site.serve()
    path = f"/ws/tracks/{track.pk}/notes/"
    found = asyncio.run(
        storm(site.url, path, track.get_absolute_url(), pages=PAGES, cookies=cookies)
    )
    assert found.refused == []
    assert found.told == PAGES
    assert found.threads == {PAGE_OF_THREADS}
    assert found.largest_bytes < 16_000
