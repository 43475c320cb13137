"""Words and cover in what is given out, read back by others; the sound is the one that came."""

import hashlib
import json
import subprocess
from pathlib import Path

import imageio_ffmpeg
import mutagen
import pytest
from django.test import Client

from media_pipeline.storage import get_storage
from tests.tracks.downloads.giving import Shelf, body, fetch, prepare
from tracks.models import PreparedFile, Track

pytestmark = pytest.mark.django_db

FORMATS = ["a.wav", "a.flac", "a.mp3", "a.m4a", "a.ogg", "a.opus", "a.aiff"]
IN_RANGE = {"wav", "flac", "mp3", "m4a", "aiff"}  # of the others a whole copy is kept


def ffmpeg(*words: str | Path) -> str:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def samples(path: Path) -> str:
    return ffmpeg("-i", path, "-map", "0:a", "-f", "hash", "-hash", "sha256", "-")


def tags_of(path: Path) -> dict[str, str]:
    """Return what FFmpeg reads, by names in small letters."""
    lines = ffmpeg("-i", path, "-f", "ffmetadata", "-").splitlines()
    lines += ffmpeg("-i", path, "-map_metadata", "0:s:a:0", "-f", "ffmetadata", "-").splitlines()
    pairs = [line.partition("=") for line in lines if "=" in line]
    return {name.lower(): value for name, _, value in pairs}


def given(track: Track, what: str, to: Path) -> Path:
    address = f"/tracks/{track.slug}/download/?what={what}"
    Client().get(address)
    prepare()
    to.write_bytes(body(fetch(Client(), address)))
    return to


@pytest.mark.parametrize("name", FORMATS)
def test_others_read_what_was_written_in(shelf: Shelf, tmp_path: Path, name: str) -> None:
    track = shelf.track(
        name,
        title="Ærø; a = b",
        artist_credit="Ada feat. سلام",
        isrc="DEABC2600001",
        licence="cc-by-4.0",
        bpm="120.50",
        music_key="F#m",
        gives_original="everybody",
    )
    shelf.release(track, title="Album", upc="0123456789012", released_on="2026-11-30")
    original = get_storage().local_path(track.primary_version.media.asset.key)
    before = hashlib.sha256(original.read_bytes()).hexdigest()
    copy = given(track, "original", tmp_path / f"given.{name.rpartition('.')[2]}")
    assert samples(copy) == samples(original)
    assert hashlib.sha256(original.read_bytes()).hexdigest() == before, "stored ones never change"
    told = tags_of(copy)
    assert told["title"].replace("\\", "") == "Ærø; a = b"
    assert told["artist"] == "Ada feat. سلام"
    assert told["album"] == "Album"
    assert told["album_artist"] == "Ada"
    assert told["track"].split("/")[0] == "1"
    assert told["date"] == "2026-11-30"
    assert "DEABC2600001" in {told.get("isrc"), told.get("tsrc")}
    assert "Creative Commons Attribution 4.0" in told["copyright"]
    assert "https" in told["copyright"]
    assert told["barcode"] == "0123456789012"
    row = PreparedFile.objects.get(what="original")
    assert (row.base_end > row.base_start) == (copy.suffix[1:] in IN_RANGE)
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == row.sha256
    cover = tmp_path / "cover.jpg"
    ffmpeg("-i", copy, "-map", "0:v", "-c", "copy", "-f", "image2", "-update", "1", cover)
    artwork = track.primary_version.media.asset.artwork
    assert cover.read_bytes() == get_storage().read(artwork.full_key)


def test_what_takes_no_words_is_given_as_it_came(shelf: Shelf, tmp_path: Path) -> None:
    track = shelf.track("a.w64", gives_original="everybody")
    copy = given(track, "original", tmp_path / "b.w64")
    asset = track.primary_version.media.asset
    assert copy.read_bytes() == get_storage().read(asset.key)
    assert PreparedFile.objects.get().key == ""


def test_a_flac_is_made_once_and_sounds_the_same(shelf: Shelf, tmp_path: Path) -> None:
    track = shelf.track("a.wav", gives_flac="everybody")
    copy = given(track, "flac", tmp_path / "b.flac")
    original = get_storage().local_path(track.primary_version.media.asset.key)
    assert samples(copy) == samples(original)
    assert mutagen.File(copy)["title"] == [track.title]
    track.title = "Anew"
    track.save()
    again = given(track, "flac", tmp_path / "c.flac")
    assert mutagen.File(again)["title"] == ["Anew"]
    first, second = PreparedFile.objects.order_by("prepared_at")
    assert first.base_key == second.base_key


def test_a_lossy_piece_has_no_flac(shelf: Shelf) -> None:
    track = shelf.track("a.mp3", gives_flac="everybody")
    assert Client().get(f"/tracks/{track.slug}/download/?what=flac").status_code == 404


def test_the_mp3_is_waited_for_while_it_is_made(shelf: Shelf, tmp_path: Path) -> None:
    track = shelf.track("a.flac", gives_mp3="everybody")
    address = f"/tracks/{track.slug}/download/?what=mp3"
    assert Client().get(address).status_code == 202
    copy = given(track, "mp3", tmp_path / "b.mp3")
    assert tags_of(copy)["title"] == track.title


def test_no_key_of_an_unlisted_piece_is_written_into_it(shelf: Shelf, tmp_path: Path) -> None:
    track = shelf.track("a.flac", visibility="unlisted", gives_original="everybody")
    address = f"/tracks/{track.slug}/download/?what=original&token={track.token}"
    assert Client().get(address).status_code == 202
    prepare()
    data = body(fetch(Client(), address))
    assert track.token.encode() not in data
    assert json.dumps(shelf.owner.handle).strip('"').encode() in data
