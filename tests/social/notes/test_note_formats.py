"""Notes as bytes: each format as its readers take it."""

import csv
import io
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import mido
import pytest
from hypothesis import given
from hypothesis import strategies as st

from social.notes.formats import audacity, midi, notes_csv, reaper
from social.notes.formats.cells import guard, unguard
from social.notes.formats.rows import Mark, Row, marks

words = st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=40)
said = words.filter(lambda text: bool(text.strip()))
lines = words.map(lambda text: text.strip())
spans = st.tuples(st.integers(0, 10**8), st.none() | st.integers(1, 10**7))

MILLENNIUM = datetime(1000, 1, 1)  # noqa: DTZ001 - hypothesis wants it bare


def row_of(span: tuple[int, int | None], text: str, **more: Any) -> Row:
    at, length = span
    return Row(at_ms=at, until_ms=None if length is None else at + length, text=text, **more)


@given(words)
def test_every_cell_comes_back(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert guard(cell)[:1] not in set("=+-@\t＝＋－＠")


@given(
    st.lists(
        st.builds(
            row_of,
            spans,
            said,
            id=st.uuids(),
            reply_to=st.none() | st.uuids(),
            version=st.none() | st.integers(1, 99),
            state=st.sampled_from(["open", "resolved"]),
            writer=lines,
            visibility=st.sampled_from(["everybody", "reviewers"]),
            written_at=st.none() | st.datetimes(timezones=st.just(UTC), min_value=MILLENNIUM),
        )
    )
)
def test_csv_comes_back_whole(rows: list[Row]) -> None:
    found, wrong = notes_csv.read(notes_csv.write(rows))
    assert wrong == []
    assert [row for _, row in found] == rows


def test_csv_is_words_to_a_spreadsheet() -> None:
    data = notes_csv.write([Row(0, '=HYPERLINK("http://x")', writer="@SUM(A1)")])
    assert data.startswith(b"\xef\xbb\xbf"), "Excel reads UTF-8 by this mark"
    cells = next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert cells["text"].startswith("'=")
    assert cells["writer"] == "'@SUM(A1)"


def test_reaper() -> None:
    data = reaper.write([Mark(61_500, None, "Ana: wide, no?"), Mark(3_600_000, 3_661_001, "B")])
    assert data.decode().splitlines() == [
        "#,Name,Start,End,Length",
        'M1,"Ana: wide, no?",0:01:01.500,,',
        "R1,B,1:00:00.000,1:01:01.001,0:01:01.001",
    ]


def test_audacity() -> None:
    data = audacity.write([Mark(2150, None, "point"), Mark(3400, 6100, "region")])
    assert data.decode() == "2.150000\t2.150000\tpoint\n3.400000\t6.100000\tregion\n"


@given(st.lists(st.tuples(spans, lines), max_size=20))
def test_midi_is_read_by_others(notes: list[tuple[tuple[int, int | None], str]]) -> None:
    wanted = [Mark(at, None if run is None else at + run, text) for (at, run), text in notes]
    data = midi.write(wanted, title="Häuser")
    read = mido.MidiFile(file=io.BytesIO(data), charset="utf-8")
    assert (read.type, read.ticks_per_beat, len(read.tracks)) == (0, 960, 1)
    now, heard = 0, []
    for message in read.tracks[0]:
        now += message.time
        if message.type == "marker":
            heard.append((round(now * 500 / 960), message.text))
    assert [m.tempo for m in read.tracks[0] if m.type == "set_tempo"] == [500_000]
    expected = [(m.at_ms, m.words) for m in wanted]
    expected += [(m.until_ms, f"End of: {m.words}") for m in wanted if m.until_ms is not None]
    assert sorted(heard) == sorted(expected)


def test_a_thread_is_one_mark_on_one_line() -> None:
    root = Row(9000, "too\nloud\t!", id=uuid4(), writer="Ana", state="resolved")
    answer = Row(9000, "done", id=uuid4(), reply_to=root.id, writer="Bo")
    first = Row(10, "=1", id=uuid4(), writer="Cy")
    assert marks([root, answer, first]) == [
        Mark(10, None, "Cy: =1"),
        Mark(9000, None, "[done] Ana: too loud ! / Bo: done"),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("x,hello", "“at_ms” is not a whole number: x"),
        ("-5,hello", "“at_ms” is not a whole number: -5"),
        (",hello", "“at_ms” is empty"),
        ("99999999999,hello", "not a whole number"),
        ("2999999999,hello", "later than any piece"),
        ("10, ", "“text” is empty."),
        (f"10,{'x' * 10_001}", "longer than 10,000"),
        ("10,a\0b", "no text"),
        ("10,hello,not-an-id", "“id” is not an id"),
        ("10,hello,,10", "“until_ms” is not after"),
        ("10,hello,,,burned", "“state” is one of open, resolved, removed"),
        ("10,hello,,,,1999-99-99", "not a date and time"),
        ('10,"hello', "not CSV"),
    ],
)
def test_each_bad_row_is_named(line: str, sentence: str) -> None:
    head = "at_ms,text,id,until_ms,state,written_at"
    found, wrong = notes_csv.read(f"{head}\n5,fine\n{line}\n".encode())
    assert len(found) == 1
    assert wrong[0].row == 3
    assert sentence in wrong[0].sentence


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "“at_ms” is missing"),
        (b"at_ms\n5", "“text” is missing"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b'"at_ms,text\n5,a', "not CSV"),
        (b"at_ms,text\n" + b"5,a\n" * 10_001, "at most 10,000"),
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes, sentence: str) -> None:
    found, wrong = notes_csv.read(data)
    assert found == []
    assert sentence in wrong[0].sentence


def test_other_spreadsheets_write_semicolons() -> None:
    found, wrong = notes_csv.read("\ufeffAT_MS;Text\r\n5;a, b\r\n\r\n".encode())
    assert wrong == []
    assert [(n, row.text) for n, row in found] == [(2, "a, b")]
