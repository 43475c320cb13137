"""`manage.py upload`: files and folders of this machine."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from config.lib.problems import Problem
from media_pipeline.models import Job, Upload
from media_pipeline.storage import get_storage
from media_pipeline.uploads.services import parts
from social.models import User
from tests.factories.social import UserFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)

PART_BYTES = 8 * 1024 * 1024
Tone = Callable[..., Path]


@pytest.fixture
def artist() -> User:
    """Who the files are uploaded for."""
    user: User = UserFactory.create(handle="ada")
    return user


def upload(*words: str | Path) -> tuple[str, str]:
    """Run the command; return what it says and what it complains of."""
    said, complained = StringIO(), StringIO()
    try:
        call_command("upload", *map(str, words), stdout=said, stderr=complained)
    except CommandError as refusal:
        complained.write(str(refusal))
    return said.getvalue(), complained.getvalue()


def test_a_file_becomes_a_track_and_its_address_is_said(
    artist: User, tone: Tone, settings: Any
) -> None:
    settings.SITE_ORIGINS = []  # nobody has said where the site is: made of HOST and PORT
    path = tone("02 first_light.wav")
    said, complained = upload(path, "--as", "@Ada", "--visibility", "public")
    track = Track.objects.get()
    assert complained == ""
    assert said.strip() == f"First light: http://127.0.0.1:8000/tracks/{track.slug}/"
    assert (track.owner, track.visibility) == (artist, "public")
    assert track.primary_version is not None
    asset = track.primary_version.media.asset
    assert get_storage().read(asset.key) == path.read_bytes()
    assert Job.objects.get(kind=Job.Kind.PROCESS).asset == asset


def test_a_folder_gives_its_music_and_leaves_the_rest(artist: User, tone: Tone) -> None:
    folder = tone("b.wav", seconds=1).parent
    tone("a.flac", seconds=1)
    (folder / "notes.txt").write_text("not music")
    said, _ = upload(folder, "--as", "ada")
    assert [line.split(":")[0] for line in said.splitlines()] == ["A", "B"]
    assert {track.visibility for track in Track.objects.all()} == {"private"}


def test_one_bad_file_does_not_hold_up_the_others(artist: User, tone: Tone) -> None:
    good = tone("good.wav", seconds=1)
    empty = good.with_name("empty.wav")
    empty.touch()
    said, complained = upload(empty, good, "--as", "ada", "--visibility", "unlisted")
    assert "Good: " in said
    assert f"/t/{Track.objects.get().token}/" in said
    assert "empty.wav: This file is empty" in complained
    assert "1 of 2 files were not uploaded." in complained


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--as", "nobody"), "Nobody is called"),
        (("--as", "ada", "nowhere.wav"), "There is no nowhere.wav"),
        (("--as", "ada", "--title", "Two songs", "one.wav"), "One title cannot name several"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_sent(
    artist: User, tone: Tone, words: tuple[str, ...], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tone("song.wav", seconds=1).parent)
    tone("one.wav", seconds=1)
    assert sentence in upload(*words, "song.wav")[1]
    assert not Upload.objects.exists()


def test_an_upload_that_was_broken_off_goes_on(
    artist: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.wav"
    path.write_bytes(bytes(range(256)) * (PART_BYTES // 128) + b"end")
    sent: list[int] = []
    receive = parts.receive

    def noted(**named: Any) -> Any:
        number = named["allowed"].number
        if number == 3 and not sent.count(3):
            sent.append(number)
            raise Problem("storage-full", "The disk of this site is full.", status=507)
        sent.append(number)
        return receive(**named)

    monkeypatch.setattr(parts, "receive", noted)
    assert "The disk of this site is full." in upload(path, "--as", "ada")[1]
    said, complained = upload(path, "--as", "ada")
    assert "Long: " in said, complained
    assert sent == [1, 2, 3, 3]
    assert Upload.objects.count() == 1
    version = Track.objects.get().primary_version
    assert version is not None
    assert get_storage().read(version.media.asset.key) == path.read_bytes()
