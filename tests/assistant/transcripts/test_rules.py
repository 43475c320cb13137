"""What was made up goes, and what was said stays."""

import wave
from pathlib import Path

import numpy as np
import pytest

from assistant.providers.registry import Heard, Segment, Word
from assistant.transcripts.levels import levels_of
from assistant.transcripts.rules import clean

LOUD = np.full(600, -20.0)


def said(text: str, begin: float = 0, seconds: float = 4, **figures: float) -> Segment:
    words = text.split()
    step = seconds / len(words)
    sure = figures.pop("sure", 0.9)
    told = [
        Word(
            round(1000 * (begin + step * place)),
            round(1000 * (begin + step * (place + 1))),
            word,
            sure,
        )
        for place, word in enumerate(words)
    ]
    known = {"mean_log_probability": -0.3, "no_speech": 0.1} | figures
    return Segment(round(begin * 1000), round((begin + seconds) * 1000), told, **known)  # type: ignore[arg-type]


def left(*segments: Segment, sung: bool = True, levels: np.ndarray = LOUD) -> list[str]:  # type: ignore[type-arg]
    cleaned = clean(Heard(segments), levels, sung=sung)
    return [" ".join(word.text for word in one.words) for one in cleaned.segments]


@pytest.mark.parametrize("sung", [True, False])
def test_what_was_said_stays(sung: bool) -> None:
    assert left(said("And so my fellow Americans"), sung=sung) == ["And so my fellow Americans"]


@pytest.mark.parametrize(
    "figures",
    [
        {"mean_log_probability": -1.2},
        {"no_speech": 0.7, "mean_log_probability": -0.9},
        {"no_speech": 0.9, "mean_log_probability": -0.2},
        {"sure": 0.2},
    ],
)
def test_what_the_figures_speak_against_is_not_sung(figures: dict[str, float]) -> None:
    assert left(said("I will see you in the next video", **figures)) == []


def test_words_over_silence_go_and_those_beside_stay() -> None:
    levels = np.full(100, -90.0)
    levels[:40] = -20
    heard = said("these four are heard and these not", seconds=4), said("thank you all", 6, 2)
    assert left(*heard, levels=levels, sung=False) == ["these four are heard and these not"]
    levels[25:] = -90
    kept = left(heard[0], levels=levels, sung=False)
    assert kept == ["these four are heard and"]


@pytest.mark.parametrize(("sung", "begin"), [(False, 1300), (True, 0)])
def test_a_spoken_word_begins_where_it_is_heard(sung: bool, begin: int) -> None:
    levels = np.full(100, -20.0)
    levels[:13] = -60
    heard = Heard([said("ask not what", seconds=6)])
    words = clean(heard, levels, sung=sung).segments[0].words
    assert [word.begin_ms for word in words] == [begin, 2000, 4000]


def test_a_quiet_recording_is_no_silence() -> None:
    assert left(said("very softly spoken"), levels=np.full(100, -58.0), sung=False) != []


def test_loops_go_within_a_passage_and_over_many() -> None:
    assert left(said("and then I said " * 5, seconds=20), sung=False) == []
    assert left(said("going to look " * 12, seconds=20)) == []
    assert left(said("la la la la la", seconds=5)) == ["la la la la la"]
    rounds = [said("thanks for watching", at, 2) for at in range(0, 20, 2)]
    assert left(*rounds, sung=False) == ["thanks for watching"]


def test_nobody_speaks_faster_than_that() -> None:
    assert left(said("one two three four five six seven eight nine ten", seconds=1)) == []


def test_two_words_are_no_song() -> None:
    assert left(said("You"), said("Music", 10)) == []


def test_what_was_not_understood_is_said_to_be_so() -> None:
    strange = said("who spare the bate in the bite", sure=0.4, mean_log_probability=-0.9)
    assert not clean(Heard([strange]), LOUD, sung=False).is_understood
    assert clean(Heard([said("well understood")]), LOUD, sung=False).is_understood


def test_a_machine_without_figures_is_believed() -> None:
    plain = Segment(
        0, 2000, [Word(0, 900, "Hello"), Word(900, 1800, "out"), Word(1800, 2000, "there")]
    )
    assert left(plain) == ["Hello out there"]


def test_the_level_is_that_of_each_tenth_of_a_second(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    samples = np.zeros(16_000, np.int16)
    samples[8_000:] = 16_384
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(samples.tobytes())
    found = levels_of(path)
    assert len(found) == 10
    assert found[0] == -90
    assert found[9] == pytest.approx(-6.02, abs=0.01)
