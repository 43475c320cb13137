"""Words as other programs have them: out, in again, and from strangers."""

import json
import time
from contextlib import suppress

import pytest

from assistant.transcripts.formats import reading, writing
from assistant.transcripts.passages import Row, parts, row_of, said_anew, text_of

ROWS = [
    row_of(0, 2000, "a --> b <c> & d", "Ann <x>"),
    row_of(61_000, 63_500, "[00:99.00] and\u00a0so on", ""),
]


@pytest.mark.parametrize("ending", ["vtt", "srt"])
def test_captions_come_back_as_they_went(ending: str) -> None:
    plain = [row_of(1000, 3000, "Hello out there", "Ann"), row_of(3_700_000, 3_702_000, "Bye")]
    text = writing.WRITERS[ending](plain)
    found = reading.read(text, f"a.{ending}")
    assert [(row["begin_ms"], row["end_ms"]) for row in found] == [
        (1000, 3000),
        (3_700_000, 3_702_000),
    ]
    assert "Hello out there" in text_of(found[0])
    if ending == "vtt":
        assert [row["speaker"] for row in found] == ["Ann", ""]


def test_no_word_is_a_mark_of_a_format() -> None:
    text = writing.vtt(ROWS)
    assert text.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v Ann &lt;x&gt;>a --&gt; b")
    assert text.count("-->") == 2
    assert text_of(reading.read(text, "a.vtt")[0]) == "a --> b <c> & d"
    assert writing.srt(ROWS).count("-->") == 2
    assert "<c>" not in writing.srt(ROWS)
    lines = writing.lrc(ROWS).splitlines()
    assert lines[1].startswith("[01:01.00]<01:01.00>(00:99.00)")
    assert reading.read(writing.lrc(ROWS), "a.lrc")[1]["begin_ms"] == 61_000
    assert writing.txt(ROWS).splitlines()[0] == "Ann <x>:"


def test_long_passages_become_captions_that_can_be_read() -> None:
    long = row_of(0, 60_000, "word " * 200)
    cues = writing.cues([long])
    assert all(len(text_of(cue)) <= writing.CUE_CHARS for cue in cues)
    assert sum(len(cue["words"]) for cue in cues) == 200


def test_json_comes_back_word_for_word() -> None:
    assert reading.read(writing.as_json(ROWS), "a.json") == ROWS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing timed",
        "{",
        "[" * 100_000,
        '{"segments": 3}',
        '{"segments": [3]}',
        '{"segments": [{"begin_ms": -1, "end_ms": 3, "text": "a"}]}',
        '{"segments": [{"begin_ms": true, "end_ms": 3, "text": "a"}]}',
        '{"segments": [{"begin_ms": 5, "end_ms": 3, "text": "a"}]}',
        '{"segments": [{"begin_ms": 1, "end_ms": 3, "text": 7}]}',
        '{"segments": [{"begin_ms": 1, "end_ms": 3, "words": [[1, 2]]}]}',
        '{"segments": [{"begin_ms": 1, "end_ms": 3, "words": [[1, 2, "a", NaN]]}]}',
        '{"segments": [{"begin_ms": 1, "end_ms": 1e999, "text": "a"}]}',
        json.dumps({"segments": [{"begin_ms": 1, "end_ms": 2, "text": "a"}] * 20_001}),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.vtt", "a.lrc", "a"])
def test_what_cannot_be_read_is_refused_with_a_sentence(text: str, name: str) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z`].*\.$|LRC|LRC\. .*"):
        reading.read(text, name)


@pytest.mark.parametrize(
    "text",
    [
        "00:00:01.000 --> 00:00:02.000\n" + "<" * 400_000,
        "00:00:01.000 --> 00:00:02.000\n" + "<v " * 200_000,
        "00:" * 300_000,
        " " * 400_000 + "-->" + " " * 400_000,
        ("00:00:01.000 --> 00:00:02.000\nx\n\n") * 19_000,
    ],
)
def test_a_hostile_file_takes_no_time(text: str) -> None:
    began = time.process_time()
    with suppress(ValueError):
        reading.read(text, "a.vtt")
    assert time.process_time() - began < 2


def timed(*words: str) -> Row:
    return Row(
        begin_ms=0,
        end_ms=len(words) * 1000,
        speaker="",
        words=[[n * 1000, n * 1000 + 900, word, 0.9] for n, word in enumerate(words)],
    )


def test_words_that_stay_keep_their_times() -> None:
    row = said_anew(
        timed("And", "so", "my", "fellow", "Americans"), "And, so my dear old Americans!"
    )
    assert row["words"] == [
        [0, 900, "And,", 0.9],
        [1000, 1900, "so", 0.9],
        [2000, 2900, "my", 0.9],
        [3000, 3500, "dear", None],
        [3500, 3900, "old", None],
        [4000, 4900, "Americans!", 0.9],
    ]


def test_new_words_stand_between_their_neighbours() -> None:
    words = said_anew(timed("one", "four"), "one two three four five")["words"]
    begins = [word[0] for word in words]
    assert begins == sorted(begins)
    assert (words[1][0], words[2][1]) == (900, 1000)
    assert words[4][1] == 2000


def test_an_empty_line_begins_a_passage_and_no_words_are_none() -> None:
    found = parts(timed("one", "two", "three", "four"), "one two\n\n three four")
    assert [text_of(row) for row in found] == ["one two", "three four"]
    assert found[1]["begin_ms"] == 2000
    assert parts(timed("one"), " \n ") == []
