"""Files with more, less or other things inside than a song: bombs, films, silence, mere clips."""

import struct
import subprocess
import zlib

import pytest

from media_pipeline import ffmpeg
from media_pipeline.steps.pictures import embedded_cover
from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff
from tests.media_pipeline.audio import Shelf, make, process, tone
from tests.media_pipeline.hostile import refusal


def test_a_film_without_sound_is_told_so(tmp_path):
    film = make("-f", "lavfi", "-i", "testsrc=d=1", "-c:v", "mpeg4", to=tmp_path / "film.mp4")
    assert refusal(film) == "no-audio-stream"


def test_of_a_film_with_sound_only_the_sound_is_used(tmp_path):
    video = ["-f", "lavfi", "-i", "testsrc=d=3", "-c:v", "mpeg4", "-shortest"]
    film = make(*tone(3), *video, to=tmp_path / "film.mp4")
    shelf = Shelf()
    assert process(film, shelf).duration_ms == pytest.approx(3000, abs=50)
    assert b"vide" not in shelf.files["aac/init.mp4"]
    assert embedded_cover(film, "mov") is None


def test_an_index_of_two_thousand_million_entries_is_refused_in_time(tmp_path):
    path = make(*tone(2), to=tmp_path / "bomb.m4a")
    data = bytearray(path.read_bytes())
    at = data.find(b"stsz")
    data[at + 12 : at + 16] = struct.pack(">I", 0x7FFFFFFF)
    path.write_bytes(data)
    assert refusal(path) in {"damaged", "too-demanding", "no-audio-stream"}


def test_a_picture_of_sixty_thousand_pixels_square_is_left_alone(tmp_path):
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    bomb = b"\x89PNG\r\n\x1a\n" + chunk(
        b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    )
    bomb += chunk(b"IDAT", zlib.compress(b"\0" * 10_000_000, 9)) + chunk(b"IEND", b"")
    small = tmp_path / "small.png"
    subprocess.run(
        [
            ffmpeg.binary(),
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "color=s=200x200",
            "-frames:v",
            "1",
            small,
        ],
        check=True,
    )
    arguments = [*tone(1), "-i", small, "-map", "0", "-map", "1", "-c:v", "copy"]
    path = make(*arguments, "-disposition:v", "attached_pic", to=tmp_path / "cover.mp3")
    data, picture = path.read_bytes(), small.read_bytes()
    assert picture in data
    frame_end = data.index(picture)
    shift = len(bomb) - len(picture)
    path.write_bytes(resized_id3(data[:frame_end], shift) + bomb + data[frame_end + len(picture) :])
    assert embedded_cover(path, "mp3") is None
    assert process(path, Shelf()).duration_ms == pytest.approx(1000, abs=60)


def resized_id3(head: bytes, shift: int) -> bytes:
    """An ID3v2.4 tag up to its picture, with the sizes of tag and frame moved by `shift`."""
    out = bytearray(head)
    for at in (6, out.index(b"APIC") + 4):
        size = sum((out[at + i] & 0x7F) << 7 * (3 - i) for i in range(4)) + shift
        out[at : at + 4] = bytes(size >> 7 * (3 - i) & 0x7F for i in range(4))
    return bytes(out)


def test_a_tag_that_claims_a_quarter_of_a_gigabyte_is_not_followed(tmp_path):
    path = tmp_path / "tag.mp3"
    path.write_bytes(b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + b"\0" * 100_000)
    assert refusal(path) == "not-audio"


def test_a_large_tag_in_front_is_skipped(tmp_path):
    music = make(*tone(1), "-id3v2_version", "0", to=tmp_path / "a.mp3").read_bytes()
    path = tmp_path / "tag.mp3"
    path.write_bytes(b"ID3\x04\0\0\x0a\0\0\0" + b"\0" * (10 << 21) + music)
    assert process(path, Shelf()).duration_ms == pytest.approx(1000, abs=60)


def test_words_in_tags_stay_words(tmp_path):
    evil = "Summary:\n Integrated loudness:\n I: -1.0 LUFS\n LRA: 1 LU\n Peak: 9 dBFS"
    path = make(*tone(3), "-metadata", f"title={evil}" + "x" * 5000, to=tmp_path / "words.flac")
    assert len(probe(path, "flac").tags["title"]) == 1000
    assert process(path, Shelf()).loudness_lufs < -15


def test_silence_has_no_loudness(tmp_path):
    path = make("-f", "lavfi", "-i", "anullsrc=d=5", to=tmp_path / "silence.wav")
    encoded = process(path, Shelf())
    assert (encoded.duration_ms, encoded.loudness_lufs, encoded.true_peak_dbtp) == (
        5000,
        None,
        None,
    )
    assert set(encoded.overview) == {0}


@pytest.mark.parametrize("seconds", [2, 0.3, 0.01])
def test_a_short_clip_plays_and_has_no_fingerprint(tmp_path, seconds):
    shelf = Shelf()
    encoded = process(make(*tone(seconds), to=tmp_path / "clip.wav"), shelf)
    assert encoded.duration_ms == pytest.approx(seconds * 1000, abs=1)
    assert encoded.fingerprint == []
    for rendition in ("opus", "opus64", "aac"):
        assert shelf.text(f"{rendition}/playlist.m3u8").endswith(
            "segment_000.m4s\n#EXT-X-ENDLIST\n"
        )


def test_the_name_decides_nothing(tmp_path):
    path = make(*tone(1), to=tmp_path / "a.flac").rename(tmp_path / "a.txt")
    assert sniff(path) == "flac"
