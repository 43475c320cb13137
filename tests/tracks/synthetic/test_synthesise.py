"""A library that is made up is like one that was made."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from media_pipeline.models import Descriptor
from tests.factories.tracks import PublicTrackFactory
from tests.indexing import index
from tracks.alike.selectors import seed_of, similar
from tracks.models import Document, KnownWord, Track
from tracks.synthetic import services

pytestmark = pytest.mark.django_db
COLUMNS = ("pk", "kind", "title_key", "names", "words", "bpm", "seconds", "day")


@pytest.fixture
def sound() -> Track:
    """A piece that was processed, of which all are made."""
    track: Track = PublicTrackFactory.create()
    asset: Any = track.primary_version.media.asset  # type: ignore[union-attr]
    assert asset.facts.duration_ms
    return track


def test_it_fills_up_to_a_number_and_is_found(sound: Track, client: Client) -> None:
    call_command("synthesise", tracks=40)
    call_command("synthesise", tracks=95)
    assert services.made() == 95
    for address in ("/", "/search/?q=love+night", "/search/?key=8A&bpm=..120"):
        assert client.get(address).status_code == 200
    track = Track.objects.filter(owner__handle__startswith=services.HANDLE).first()
    assert track
    assert client.get(track.get_absolute_url()).status_code == 200
    assert client.get(track.owner.get_absolute_url()).status_code == 200
    assert KnownWord.objects.exists()


def test_its_documents_are_those_that_the_search_makes(sound: Track) -> None:
    index()
    call_command("synthesise", tracks=60)
    made = list(_documents())
    index()
    assert list(_documents()) == made
    assert len(made) >= 60 + 6 + 2


def _documents() -> Any:
    with connection.cursor() as cursor:  # as texts: their order in memory does not count
        cursor.execute(
            f"SELECT id, kind, title_key, strip(names)::text, strip(words)::text, bpm, seconds, day"
            f" FROM {Document._meta.db_table} WHERE kind <> 'tag' ORDER BY kind, id"
        )
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True)  # an index is made in it
def test_with_descriptors_pieces_sound_apart(sound: Track, client: Client) -> None:
    call_command("synthesise", tracks=60, descriptors=True)
    track = Track.objects.filter(owner__handle__startswith=services.HANDLE).first()
    assert track
    near = similar(seed_of(track), track.owner, count=12)
    assert len({one.file for one in near}) == 12
    assert [one.distance for one in near] == sorted(one.distance or 0 for one in near)
    assert client.get(track.get_absolute_url()).status_code == 200
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Descriptor._meta.db_table)
    assert "descriptor_by_cosine" in found


def test_pieces_of_people_are_left_alone(sound: Track) -> None:
    PublicTrackFactory.create_batch(services.DEMONSTRATION)
    with pytest.raises(CommandError, match="pieces of people"):
        call_command("synthesise", tracks=10)
    call_command("synthesise", tracks=10, yes=True)
    assert services.made() == 10
