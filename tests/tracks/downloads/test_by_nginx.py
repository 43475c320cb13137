"""Where nginx stands before the site, it sends what lies there whole; the rest is sent here."""

from typing import Any

import pytest
from django.test import Client

from media_pipeline.storage import get_storage
from tests.tracks.downloads.giving import Shelf, body, fetch, prepare
from tracks.downloads.services import giving
from tracks.models import Download, Track

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nginx(settings: Any) -> None:
    """The arrangement of `docker/`."""
    settings.NEXUS_ACCEL_PREFIX = "/_media/"


def taken(track: Track, **headers: str) -> Any:
    address = f"/tracks/{track.slug}/download/?what=original"
    Client().get(address)
    prepare()
    return fetch(Client(), address, **headers)


def test_a_file_that_is_stored_as_it_is_given_is_sent_by_nginx(shelf: Shelf) -> None:
    track = shelf.track("piece.ogg", title="Über", gives_original="everybody")
    answer = taken(track, range="bytes=5-9")
    assert (answer.status_code, answer.content) == (200, b""), "nginx cuts the range"
    key = answer.headers["X-Accel-Redirect"].removeprefix("/_media/")
    assert key.startswith("downloads/")
    assert "filename*=utf-8''" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Type"] == "audio/ogg"
    assert answer.headers["Cache-Control"].startswith("private")
    assert "X-Accel-Limit-Rate" not in answer.headers
    row = Download.objects.get()
    assert row.size_bytes == get_storage().size(key)
    assert row.parcel
    whole = b"".join(giving.read(row.parcel, 0, row.size_bytes))
    assert get_storage().read(key) == whole, "they are the very bytes that are sent without nginx"


def test_what_is_put_together_of_parts_is_not(shelf: Shelf) -> None:
    track = shelf.track("piece.flac", gives_original="everybody")
    answer = taken(track)
    assert "X-Accel-Redirect" not in answer.headers
    assert len(body(answer)) == Download.objects.get().size_bytes


def test_a_zip_is_not(shelf: Shelf) -> None:
    release = shelf.release(shelf.track("piece.ogg"))
    address = f"/releases/{release.slug}/download/"
    Client().get(address)
    prepare()
    answer = fetch(Client(), address)
    assert "X-Accel-Redirect" not in answer.headers
    assert body(answer)[:2] == b"PK"


def test_without_nginx_it_is_sent_here(shelf: Shelf, settings: Any) -> None:
    settings.NEXUS_ACCEL_PREFIX = ""
    track = shelf.track("piece.ogg", gives_original="everybody")
    answer = taken(track, range="bytes=0-3")
    assert (answer.status_code, body(answer)) == (206, b"OggS")
