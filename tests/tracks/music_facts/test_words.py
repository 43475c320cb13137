"""Tempo and key as people write them, as they are kept, and as they are shown."""

from decimal import Decimal

import pytest
from django.test import Client

from config.lib.problems import Problem
from media_pipeline.models import MusicFacts
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, add_version
from tracks.models import Track
from tracks.music_facts import services
from tracks.music_facts.rules import MAJOR, MINOR, camelot, key_words, read_bpm, read_key


@pytest.mark.parametrize(
    ("text", "key", "code"),
    [
        ("F# minor", "F#m", "11A"),
        ("Gbm", "Gbm", "11A"),
        ("Fis-Moll", "F#m", "11A"),
        ("f♯ min", "F#m", "11A"),
        ("11a", "F#m", "11A"),
        ("8A", "Am", "8A"),
        ("am", "Am", "8A"),
        ("AM", "A", "11B"),
        ("A", "A", "11B"),
        ("a-moll", "Am", "8A"),
        ("H-Moll", "Bm", "10A"),
        ("B-Dur", "Bb", "6B"),
        ("Bb", "Bb", "6B"),
        ("As-Dur", "Ab", "4B"),
        ("Es moll", "Ebm", "2A"),
        ("G flat major", "Gb", "2B"),
        ("C", "C", "8B"),
        ("12B", "E", "12B"),
        ("  c  sharp  minor ", "C#m", "12A"),
        ("", "", ""),
    ],
)
def test_keys_are_read_in_many_spellings(text: str, key: str, code: str) -> None:
    assert read_key(text) == key
    assert camelot(key) == code


@pytest.mark.parametrize("text", ["H", "X minor", "13A", "0B", "F## minor", "Ass", "A A", "\0"])
def test_what_is_no_key_has_a_sentence(text: str) -> None:
    with pytest.raises(Problem, match="Write a key such as"):
        read_key(text)


def test_every_key_has_its_place_on_the_wheel() -> None:
    codes = [camelot(key) for key in (*MINOR, *MAJOR)]
    assert codes == [f"{n}A" for n in range(1, 13)] + [f"{n}B" for n in range(1, 13)]
    assert key_words("F#m") == "F♯ minor"
    assert key_words("Bb") == "B♭ major"


@pytest.mark.parametrize(
    ("text", "bpm"),
    [("120", "120"), ("129,6", "129.6"), ("129.6 bpm", "129.6"), ("20", "20"), ("400", "400")],
)
def test_tempos_are_read(text: str, bpm: str) -> None:
    assert read_bpm(text) == Decimal(bpm)


@pytest.mark.parametrize("text", ["19.9", "400.1", "fast", "NaN", "1e999999", "-120", "9" * 50])
def test_what_is_no_tempo_has_a_sentence(text: str) -> None:
    with pytest.raises(Problem, match="from 20 to 400"):
        read_bpm(text)


@pytest.fixture
def track(db: None) -> Track:
    track = PublicTrackFactory.create()
    measured(track, bpm="128.40", bpm_confidence=2.2, key="Em", key_confidence=0.8)
    return track


def measured(track: Track, **words: object) -> None:
    asset = track.primary_version.media.asset
    MusicFacts.objects.create(asset=asset, **words)
    services.bring(asset_id=asset.pk)
    track.refresh_from_db()


def details(track: Track) -> str:
    shown = Client().get(track.get_absolute_url()).content.decode()
    return shown.partition('id="track-facts"')[2].partition("</section>")[0]


def test_what_was_measured_is_shown(track: Track) -> None:
    shown = details(track)
    assert "128.4&nbsp;BPM" in shown
    assert "E minor" in shown
    assert "9A" in shown
    assert "The machine is not sure" not in shown


def test_a_guess_is_told_as_one(db: None) -> None:
    track = PublicTrackFactory.create()
    measured(track, bpm="148.09", bpm_confidence=0.58, key="Gm", key_confidence=0.2)
    shown = details(track)
    assert ">about</abbr> 148.1&nbsp;BPM" in shown
    assert ">perhaps</abbr> G minor" in shown


def test_nothing_is_shown_of_what_could_not_be_told(db: None) -> None:
    track = PublicTrackFactory.create()
    measured(track, bpm=None, key="")
    assert "BPM" not in details(track)


def test_the_owners_word_stays(track: Track) -> None:
    client, address = Client(), f"/tracks/{track.slug}/music/"
    client.force_login(track.owner)
    assert client.post(address, {"bpm": "64,2", "key": "8A"}).status_code == 302
    track.refresh_from_db()
    assert (track.bpm, track.bpm_confidence) == (Decimal("64.20"), None)
    assert (track.music_key, track.music_key_confidence) == ("Am", None)
    services.bring(asset_id=track.primary_version.media.asset_id)
    track.refresh_from_db()
    assert (track.bpm, track.music_key) == (Decimal("64.20"), "Am")
    client.post(address, {"bpm": "", "key": "Am"})
    track.refresh_from_db()
    assert (track.bpm, track.bpm_confidence) == (Decimal("128.40"), 2.2), "as it was measured"
    assert track.music_key_confidence is None
    wrong = client.post(address, {"bpm": "500", "key": "Q"})
    assert wrong.status_code == 422
    assert wrong.content.decode().count("field__error") == 2


def test_what_is_sent_back_as_shown_is_no_word_of_the_owners(track: Track) -> None:
    services.say(track=track, bpm="128.40", key="Em", by=track.owner)
    track.refresh_from_db()
    assert (track.bpm_confidence, track.music_key_confidence) == (2.2, 0.8)
    with pytest.raises(Problem, match="Only its owner"):
        services.say(track=track, bpm="", key="", by=UserFactory.create())


def test_another_primary_version_has_its_own(track: Track) -> None:
    add_version(track)
    services.expect(track=track)
    track.refresh_from_db()
    assert (track.bpm, track.music_key) == (None, "")
    measured(track, bpm="90", bpm_confidence=3.0, key="C", key_confidence=0.9)
    assert (track.bpm, track.music_key) == (Decimal("90.00"), "C")


def test_programs_say_and_read_it(track: Track) -> None:
    client, address = Client(), f"/api/v1/tracks/{track.pk}/music/"
    client.force_login(track.owner)
    told = client.patch(address, {"music_key": "Fis-Moll"}, content_type="application/json").json()
    assert told["bpm"] == 128.4
    assert told["bpm_confidence"] == 2.2
    assert (told["music_key"], told["camelot"]) == ("F#m", "11A")
    assert told["music_key_confidence"] is None
    assert Client().get(address).json() == told
    refused = client.patch(address, {"bpm": "0"}, content_type="application/json")
    assert refused.json()["type"] == "/problems/tempo-unreadable"
