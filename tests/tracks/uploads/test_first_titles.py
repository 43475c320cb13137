"""What a piece is called at first: as was wished, as its file says, or as the file is named."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.models import AudioFacts
from media_pipeline.uploads.services.uploads import clean_filename
from tests.tracks.uploads.conftest import Post
from tracks.catalogue.services.editing import take_title_of_file
from tracks.models import Track
from tracks.uploads.services import TITLE_MAX, title_from

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("filename", "title"),
    [
        ("song.wav", "Song"),
        ("01_my-song.final.wav", "My song final"),
        ("1999.flac", "1999"),
        ("12 12.mp3", "12 12"),
        ("99 Luftballons.mp3", "99 Luftballons"),
        ("24 Hours.wav", "24 Hours"),
        ("4 33.wav", "4 33"),
        ("7.5 hours.wav", "7.5 hours"),
        ("1-01 Song.flac", "Song"),
        ("01 Song.flac", "Song"),
        ("1. Song.flac", "Song"),
        ("3 - Song.flac", "Song"),
        ("12_song.flac", "Song"),
        ("Mr. Brightside.wav", "Mr. Brightside"),
        ("R.E.M. - x.flac", "R.E.M. - x"),
        ("Ann - Of the sea.flac", "Ann - Of the sea"),
        ("\u0645\u06cc\u200c\u062e.wav", "\u0645\u06cc\u200c\u062e"),
        ("\U0001fae8.wav", "\U0001fae8"),
        ("---.wav", "---.wav"),
        ("ärger.mp3", "Ärger"),
        ("x" * 250 + ".wav", "X" + "x" * (TITLE_MAX - 1)),
    ],
)
def test_a_file_name_gives_a_first_title(filename: str, title: str) -> None:
    assert title_from(filename) == title


@given(st.text(max_size=300))
def test_every_file_name_gives_a_title_that_fits(name: str) -> None:
    assert 0 < len(title_from(clean_filename(name))) <= TITLE_MAX


def test_a_track_is_called_what_its_file_calls_itself(sent: Any, post: Post) -> None:
    path, part = sent()
    post(path, {"parts": [part]})
    track = Track.objects.get()
    assert track.title_guessed
    asset = track.primary_version.media.asset
    AudioFacts.objects.create(
        asset=asset, duration_ms=1000, sample_rate=48_000, channels=2, tags={"title": "Its\nown "}
    )
    take_title_of_file(asset=asset)
    track.refresh_from_db()
    assert (track.title, track.title_guessed, track.slug) == ("Its own", False, "its-own")
    assert track.former_slugs.count() == 1, "the address made of the file's name leads on"
    AudioFacts.objects.update(tags={"title": "Another"})
    take_title_of_file(asset=asset)
    track.refresh_from_db()
    assert track.title == "Its own"


def test_a_title_that_was_given_stays(sent: Any, post: Post) -> None:
    path, part = sent()
    post(path, {"parts": [part], "track": {"title": "a\nb"}})
    track = Track.objects.get()
    assert (track.title, track.title_guessed) == ("a b", False)


def test_a_title_without_ink_is_refused(sent: Any, post: Post) -> None:
    path, part = sent()
    answer = post(path, {"parts": [part], "track": {"title": "\u200b\u2060"}})
    assert answer.status_code == 400
    assert "seen" in answer.text
    assert not Track.objects.exists()
