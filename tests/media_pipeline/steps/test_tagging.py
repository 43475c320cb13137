"""Words in a copy, kept as what differs; what nobody can read is given as it came."""

import random
from pathlib import Path

import pytest

from media_pipeline.steps.lossless import make_flac
from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff
from media_pipeline.steps.tagging import Difference, difference, tag
from tests.media_pipeline.audio import make
from tests.music import tone

WORDS = {"title": ["Title"], "artist": ["Ada"]}


def joined(found: Difference, source: Path) -> bytes:
    data = source.read_bytes()
    return found.head + data[found.start : found.end] + found.tail


@pytest.mark.parametrize(
    ("head", "body", "tail"),
    [
        (b"", slice(None), b""),
        (b"a longer head", slice(None), b""),
        (b"a", slice(700, None), b""),
        (b"other", slice(5, None), b"and a tail"),
        (b"", slice(0, -300), b"another tail"),
    ],
)
def test_a_copy_is_the_file_with_another_head_and_tail(
    tmp_path: Path, head: bytes, body: slice, tail: bytes
) -> None:
    data, source, copy = random.Random(7).randbytes(3_000_000), tmp_path / "a", tmp_path / "b"
    source.write_bytes(data)
    copy.write_bytes(head + data[body] + tail)
    found = difference(source, copy)
    assert found.whole is None
    assert joined(found, source) == copy.read_bytes()
    assert len(found.head) + len(found.tail) <= len(head) + len(tail)


def test_what_is_changed_all_over_is_kept_whole(tmp_path: Path) -> None:
    source, copy = tmp_path / "a", tmp_path / "b"
    source.write_bytes(random.Random(1).randbytes(100_000))
    copy.write_bytes(random.Random(2).randbytes(100_100))
    assert difference(source, copy).whole == copy


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:3000],
        lambda data: data[:4] + b"\xff" * 60 + data[64:],
        lambda data: b"fLaC" + bytes(200),
        lambda data: b"",
    ],
)
def test_a_file_that_chokes_its_reader_is_given_as_it_came(tmp_path: Path, spoil: object) -> None:
    whole = tone(tmp_path / "whole.flac", seconds=1)
    source = tmp_path / "a.flac"
    source.write_bytes(spoil(whole.read_bytes()))
    found = tag(source, WORDS, b"no picture", tmp_path)
    data = found.whole.read_bytes() if found.whole else joined(found, source)
    assert data == source.read_bytes() or b"Title" in data


def test_words_of_the_file_itself_give_way(tmp_path: Path) -> None:
    source = tmp_path / "a.wav"
    make("-i", tone(tmp_path / "t.wav", seconds=1), "-metadata", "title=Old lie", to=source)
    assert b"Old lie" in source.read_bytes()
    data = joined(tag(source, WORDS, b"", tmp_path), source)
    assert b"Old lie" not in data
    assert data.count(b"Title") >= 1


@pytest.mark.parametrize(
    ("options", "depth"), [("-c:a pcm_s24le", "s32"), ("-c:a pcm_u8", "s16"), ("-ac 6", "s16")]
)
def test_a_flac_keeps_channels_and_bits(tmp_path: Path, options: str, depth: str) -> None:
    source, flac = tmp_path / "a.wav", tmp_path / "a.flac"
    make("-i", tone(tmp_path / "t.wav", seconds=1), *options.split(), to=source)
    demuxer = sniff(source)
    claims = probe(source, demuxer)
    make_flac(source, demuxer, claims, flac)
    made = probe(flac, "flac")
    assert (made.channels, made.sample_rate) == (claims.channels, claims.sample_rate)
    pcm = [
        make("-i", path, "-f", "s32le", to=tmp_path / f"{path.stem}{n}.pcm").read_bytes()
        for n, path in enumerate((source, flac))
    ]
    assert pcm[0] == pcm[1]
