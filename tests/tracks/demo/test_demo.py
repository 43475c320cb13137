"""The demonstration: pieces found, named honestly, and sent once."""

import wave
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from config.lib.markdown import to_html
from media_pipeline.models import Asset, Job
from tests.factories.social import UserFactory
from tracks.demo import filling, scores
from tracks.demo.pieces import pieces_in
from tracks.models import Track

MUSIC = """# Music
| file | title | artist | licence | source repo + path | seconds | codec rate/ch |
|---|---|---|---|---|---|---|
| a/one.wav | Harbour | Mira Lund / J. S. Bach | CC BY 4.0 | site/repo a_b_c.wav | 3.00 | pcm |
| a/short.wav | Harbour | Mira Lund / J. S. Bach | CC BY 4.0 | repo s.wav | 1.00 | pcm + cover |
| dedupe/one.wav | Double | Mira Lund | CC0 | nowhere | 9.00 | pcm |
| ../outside.wav | Outside | Mira Lund | CC0 | nowhere | 9.00 | pcm |
| gone.wav | Gone | Mira Lund | CC0 | nowhere | 9.00 | pcm |

| a | b |
|---|---|
| a/one.wav | duplicate |
"""


@pytest.fixture
def folder(tmp_path: Path, tone: Callable[..., Path]) -> Path:
    """A folder with a list, the way ../shared/data is one."""
    home = tmp_path / "data"
    for name in ("a/one.wav", "a/short.wav", "dedupe/one.wav", "../outside.wav"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        tone("t.wav", seconds=1).rename(home / name)
    (home / "MUSIC.md").write_text(MUSIC)
    return home


def test_the_list_of_a_folder_names_its_pieces(folder: Path) -> None:
    (piece,) = pieces_in(folder)
    assert (piece.path.name, piece.title) == ("one.wav", "Harbour")  # the longest of its title
    assert pieces_in(folder / "a") == [piece]


def test_the_description_is_honest_and_escaped(folder: Path) -> None:
    html = to_html(pieces_in(folder)[0].description)
    for words in ("not by the artist", "Mira Lund / J. S. Bach", "CC BY 4.0", "a_b_c.wav"):
        assert words in html


def test_without_a_list_the_tags_name_them(tmp_path: Path, tone: Callable[..., Path]) -> None:
    tone("x.flac", seconds=1, options="-metadata title=Rain -metadata artist=Mira")
    (tmp_path / "notes.mp3").write_text("not music")
    (piece,) = pieces_in(tmp_path)
    assert (piece.title, piece.artist) == ("Rain", "Mira")
    assert piece.licence == "not named in the file"


@pytest.mark.django_db(transaction=True)
def test_a_second_call_adds_nothing(folder: Path) -> None:
    first = filling.fill(folder)
    again = filling.fill(folder)
    assert ([t.title for t in first.added], first.there) == (["Harbour"], [])
    assert (again.added, again.there) == ([], first.added)
    assert Asset.objects.count() == Job.objects.exclude(asset=None).count() == 1
    track = Track.objects.get()
    assert track.visibility == "public"
    assert (track.owner.handle, track.owner.display_name) == ("mira-lund", "Mira Lund")
    assert not track.owner.has_usable_password()


@pytest.mark.django_db(transaction=True)
def test_a_persons_account_is_never_taken(folder: Path) -> None:
    person = UserFactory(handle="mira-lund", display_name="Mira Lund")
    (track,) = filling.fill(folder).added
    assert track.owner != person
    assert filling.fill(folder).added == []
    assert get_user_model().objects.filter(display_name="Mira Lund").count() == 2


@pytest.fixture(scope="module")
def own_piece(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "a.wav"
    scores.render("Night Tram", path)
    return path


def test_our_own_pieces_are_music_files(own_piece: Path) -> None:
    with wave.open(str(own_piece)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (44_100, 2, 2)
        assert 20 < file.getnframes() / 44_100 < 90


def test_our_own_pieces_are_always_the_same(own_piece: Path, tmp_path: Path) -> None:
    scores.render("Night Tram", tmp_path / "b.wav")
    assert own_piece.read_bytes() == (tmp_path / "b.wav").read_bytes()


@pytest.mark.django_db(transaction=True)
def test_the_command_says_what_it_did(folder: Path) -> None:
    out = StringIO()
    call_command("demo", str(folder), "--no-wait", stdout=out)
    call_command("demo", str(folder), "--no-wait", stdout=out)
    assert "Pieces added: 1." in out.getvalue()
    assert "Nothing new to add." in out.getvalue()


@pytest.mark.long("renders and processes all pieces")
@pytest.mark.django_db(transaction=True)
def test_where_no_site_runs_the_command_does_the_work(folder: Path, site: Any) -> None:
    command = site.launch("demo", str(folder))
    assert command.wait(90) == 0
    assert Track.objects.get().primary_version.status == "ready"


def test_a_folder_that_is_not_there_is_said() -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("demo", "/nowhere/at/all")
