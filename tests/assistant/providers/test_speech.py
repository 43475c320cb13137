"""A recording of any length is heard in pieces, and its words have the times of the whole."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assistant.models import ProviderCall
from assistant.providers.openai import cutting, heard
from assistant.providers.openai.speech import OpenAISpeech
from assistant.providers.registry import Unavailable, Useless, about
from tests.assistant.providers.conftest import beeps
from tests.openai_wire.answers import FILE_MOST
from tests.openai_wire.server import OpenAIServer
from tracks.models import Track

pytestmark = pytest.mark.django_db


def test_words_have_their_times_and_their_commas(
    provider: OpenAIServer, track: Track, tmp_path: Path
) -> None:
    sound = beeps(tmp_path / "a.wav", 4, 0.5, 2.25)
    found = about(OpenAISpeech(), [track.pk]).hear(sound, language="de-AT")
    (segment,) = found.segments
    assert [(word.begin_ms, word.end_ms, word.text) for word in segment.words] == [
        (500, 700, "Beep,"),
        (2250, 2450, "Beep"),
    ]
    assert (segment.mean_log_probability, segment.no_speech) == (-0.25, 0.01)
    (request,) = provider.requests
    assert request.path == "/v1/audio/transcriptions"
    assert request.field("language") == ["de"]
    assert request.field("model") == ["whisper-1"]
    assert request.field("response_format") == ["verbose_json"]
    assert request.field("timestamp_granularities[]") == ["word", "segment"]
    assert (request.file, request.file_name) == (sound.read_bytes(), "sound.wav")
    row = ProviderCall.objects.get()
    assert (row.task, row.units, row.status, row.track_id) == ("transcript", 4, "ok", track.pk)


def test_the_language_that_was_heard_is_a_code(
    provider: OpenAIServer, track: Track, tmp_path: Path
) -> None:
    found = about(OpenAISpeech(), [track.pk]).hear(beeps(tmp_path / "a.wav", 2, 0.5))
    assert found.language == "en"
    assert provider.requests[0].field("language") == []


def test_silence_is_heard_as_nothing(provider: OpenAIServer, track: Track, tmp_path: Path) -> None:
    assert about(OpenAISpeech(), [track.pk]).hear(beeps(tmp_path / "a.wav", 2)).segments == []


def test_pieces_are_cut_where_it_is_quiet_and_joined_again(
    provider: OpenAIServer, track: Track, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "PIECE_S", 5)
    monkeypatch.setattr(cutting, "LOOKED_AT_S", 2)
    at = [0.4, 1.9, 3.1, 3.4, 3.7, 4.85, 6.0, 8.8, 9.4, 11.6]
    found = about(OpenAISpeech(), [track.pk]).hear(beeps(tmp_path / "a.wav", 12.05, *at))
    words = [word for segment in found.segments for word in segment.words]
    assert [word.begin_ms for word in words] == pytest.approx([1000 * one for one in at], abs=12)
    assert all(word.end_ms - word.begin_ms == pytest.approx(200, abs=12) for word in words)
    assert len(provider.requests) >= 3
    assert all(len(request.file) <= 5 * 32_000 + 44 for request in provider.requests)
    # What the first piece was heard to be, the others are taken for.
    assert [request.field("language") for request in provider.requests[1:]] == [["en"]] * (
        len(provider.requests) - 1
    )


def test_no_piece_is_more_than_a_server_takes(tmp_path: Path) -> None:
    sound = beeps(tmp_path / "a.wav", 1300, 550.0, 1180.0)
    found = cutting.pieces(sound)
    assert [found[0].begin, found[-1].end] == [0, 1300 * cutting.RATE]
    assert all(a.end == b.begin for a, b in pairwise(found))
    assert all(len(cutting.wav(sound, piece)) < FILE_MOST * 0.8 for piece in found)
    assert all(piece.ms >= 1000 for piece in found)


@pytest.mark.parametrize("seconds", [600.0, 600.01, 600.9])
def test_a_little_more_than_a_piece_leaves_no_crumb(tmp_path: Path, seconds: float) -> None:
    found = cutting.pieces(beeps(tmp_path / "a.wav", seconds))
    assert all(piece.ms >= 1000 for piece in found)
    assert sum(piece.end - piece.begin for piece in found) == round(seconds * cutting.RATE)


def test_half_of_a_recording_is_not_paid_for(
    provider: OpenAIServer,
    track: Track,
    tmp_path: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cutting, "PIECE_S", 5)
    settings.NEXUS_PROVIDER_SECONDS = 8
    with pytest.raises(Useless, match="in a day"):
        about(OpenAISpeech(), [track.pk]).hear(beeps(tmp_path / "a.wav", 12, 1.0))
    assert provider.requests == []


def test_a_piece_that_fails_fails_the_whole(
    provider: OpenAIServer, track: Track, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "PIECE_S", 5)
    provider.goes("right", "busy")
    with pytest.raises(Unavailable) as ended:
        about(OpenAISpeech(), [track.pk]).hear(beeps(tmp_path / "a.wav", 12, 1.0))
    assert ended.value.seconds == 17


def test_segments_without_words_share_their_time_by_letters(
    provider: OpenAIServer, track: Track, tmp_path: Path
) -> None:
    provider.goes("no-words")
    sound = beeps(tmp_path / "a.wav", 4, 0.5, 2.25)
    (segment,) = about(OpenAISpeech(), [track.pk]).hear(sound).segments
    assert [word.text for word in segment.words] == ["Beep,", "Beep"]
    assert (segment.words[0].begin_ms, segment.words[1].end_ms) == (0, 4000)


def test_words_without_times_are_of_no_use(
    provider: OpenAIServer, track: Track, tmp_path: Path
) -> None:
    provider.goes("no-times", "odd")
    sound = beeps(tmp_path / "a.wav", 4, 0.5)
    with pytest.raises(Useless, match="without their times"):
        about(OpenAISpeech(), [track.pk]).hear(sound)
    with pytest.raises(Useless, match="shape"):
        about(OpenAISpeech(), [track.pk]).hear(sound)


def test_times_lie_within_the_recording_and_in_order(
    provider: OpenAIServer, track: Track, tmp_path: Path
) -> None:
    provider.goes("strange-times")
    (segment,) = about(OpenAISpeech(), [track.pk]).hear(beeps(tmp_path / "a.wav", 4, 0.5)).segments
    assert [(word.text, word.begin_ms, word.end_ms) for word in segment.words] == [
        ("early", 0, 250),
        ("late", 4000, 4000),
    ]


@pytest.mark.parametrize("time", [float("nan"), float("inf"), "soon", None])
def test_times_that_are_none_are_refused(time: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        heard.read({"words": [{"word": "a", "start": time, "end": 1.0}], "text": "a"}, 1000)


def test_words_inside_segments_speakers_and_probabilities_are_read() -> None:
    """So do servers of one's own answer (speaches, whisper.cpp); OpenAI's diarisation names who."""
    word = {"word": " Hello", "start": 0.1, "end": 0.4, "probability": 0.91}
    rows = [
        {"start": 0.0, "end": 0.5, "text": " Hello!", "speaker": "A", "words": [word]},
        {"start": 0.5, "end": 1.0, "text": " ", "words": []},
    ]
    found = heard.read({"segments": rows, "language": "xx-unheard-of", "text": "Hello!"}, 1000)
    (segment,) = found.segments
    assert segment.speaker == "A"
    assert segment.words[0]._asdict() == {
        "begin_ms": 100,
        "end_ms": 400,
        "text": "Hello!",
        "confidence": 0.91,
    }
    assert found.language == ""


@pytest.mark.parametrize("data", [b"", b"RIFF", b"fLaC" + bytes(100)])
def test_what_is_no_such_sound_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(data)
    with pytest.raises(Useless):
        cutting.pieces(tmp_path / "a.wav")
