"""Cutting a rendition: the same segments however the bytes arrive, listed once they exist."""

import re

import pytest

from media_pipeline.steps.packager import Packager
from media_pipeline.steps.playlist import Level, master_playlist, media_playlist
from tests.media_pipeline.audio import Shelf, make, tone

FRAGMENTED = (
    "-movflags",
    "+delay_moov+default_base_moof+skip_trailer",
    "-frag_duration",
    "2000000",
)


@pytest.fixture(scope="module")
def stream(tmp_path_factory):
    """20.003 s: three whole segments, and an end of 2 s and a sliver."""
    to = tmp_path_factory.mktemp("packager") / "stream.mp4"
    return make(
        *tone(20.003, rate=48000), "-c:a", "libopus", *FRAGMENTED, "-f", "mp4", to=to
    ).read_bytes()


def cut(stream: bytes, step: int) -> tuple[Shelf, Packager]:
    shelf = Shelf()
    packager = Packager("opus", "opus", shelf)
    for start in range(0, len(stream), step):
        packager.feed(stream[start : start + step])
    return shelf, packager


@pytest.mark.parametrize("step", [1 << 20, 4096, 977])
def test_nothing_is_lost_or_added_however_the_bytes_arrive(stream, step):
    shelf, packager = cut(stream, step)
    stats = packager.close()
    names = ["init.mp4", *(f"segment_{n:03d}.m4s" for n in range(stats.segments))]
    assert b"".join(shelf.files[f"opus/{name}"] for name in names) == stream
    assert stats.segments == 4
    assert stats.duration == pytest.approx(20.003, abs=0.0001)


def test_a_segment_starts_with_its_moof_and_lasts_six_seconds(stream):
    shelf, packager = cut(stream, 4096)
    packager.close()
    for number in range(4):
        assert shelf.files[f"opus/segment_{number:03d}.m4s"][4:8] == b"moof"
    assert packager.durations[1:3] == [6.0, 6.0]
    assert packager.durations[3] == pytest.approx(2.003 + 312 / 48000, abs=0.001)


def test_a_sliver_at_the_end_joins_the_segment_before_it(tmp_path):
    """Six seconds exactly would leave the encoder's last packet, 6 ms, in a segment of its own."""
    source = [*tone(18, rate=48000), "-c:a", "libopus", *FRAGMENTED, "-f", "mp4"]
    _, packager = cut(make(*source, to=tmp_path / "a.mp4").read_bytes(), 4096)
    assert packager.close().segments == 3
    assert packager.durations[2] == pytest.approx(6 + 312 / 48000)


def test_the_playlist_grows_and_never_takes_back(stream):
    shelf, packager = cut(stream, 977)
    before = shelf.text("opus/playlist.m3u8")
    packager.close()
    after = shelf.text("opus/playlist.m3u8")
    assert after.startswith(before)
    assert "#EXT-X-ENDLIST" not in before
    assert after.endswith("#EXT-X-ENDLIST\n")
    assert [event[1] for event in shelf.history] == [1, 2, 3, 4]
    assert shelf.history[-1][3]


def test_a_stream_that_breaks_off_is_no_rendition(stream):
    _, packager = cut(stream[:-100], 4096)
    with pytest.raises(ValueError, match="middle of a box"):
        packager.close()


def test_bytes_that_are_no_mp4_are_told_at_once():
    with pytest.raises(ValueError, match="MP4 box of"):
        Packager("opus", "opus", Shelf()).feed(b"\xff" * 64)


def test_the_target_holds_for_every_segment(stream):
    """RFC 8216, 4.3.3.1: each EXTINF, rounded, is at most the target duration."""
    shelf, packager = cut(stream, 4096)
    packager.close()
    text = shelf.text("opus/playlist.m3u8")
    target = int(re.search(r"TARGETDURATION:(\d+)", text)[1])
    assert all(round(float(seconds)) <= target for seconds in re.findall(r"EXTINF:([\d.]+)", text))


def test_a_media_playlist_has_the_tags_of_the_standard():
    assert media_playlist([6.0, 1.25], 6, ended=True).splitlines() == [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        "#EXT-X-TARGETDURATION:6",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:EVENT",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        '#EXT-X-MAP:URI="init.mp4"',
        "#EXTINF:6.000000,",
        "segment_000.m4s",
        "#EXTINF:1.250000,",
        "segment_001.m4s",
        "#EXT-X-ENDLIST",
    ]


def test_a_master_playlist_names_rate_and_codec_of_each_level():
    levels = [Level("opus", "opus", 240_000, 160_000), Level("aac", "mp4a.40.2", 384_000, 256_000)]
    assert master_playlist(levels).splitlines()[3:] == [
        '#EXT-X-STREAM-INF:BANDWIDTH=240000,AVERAGE-BANDWIDTH=160000,CODECS="opus"',
        "opus/playlist.m3u8",
        '#EXT-X-STREAM-INF:BANDWIDTH=384000,AVERAGE-BANDWIDTH=256000,CODECS="mp4a.40.2"',
        "aac/playlist.m3u8",
    ]
