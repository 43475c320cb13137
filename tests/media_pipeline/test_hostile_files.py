"""Files that lie, leak or bite: each is refused with a sentence, or played with true figures.

Nothing they name is opened: a canary file is watched by the kernel (inotify), a canary port
listens, and both must stay untouched.
"""

import ctypes
import os
import socket
import struct
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_pipeline import ffmpeg
from media_pipeline.steps.errors import Refused
from media_pipeline.steps.pictures import embedded_cover
from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff
from tests.media_pipeline.audio import Shelf, make, process, tone

IN_OPEN, IN_NONBLOCK = 0x20, 0x800


class Canary:
    """A tempting file and a tempting port that remember whether anybody came."""

    def __init__(self, folder: Path) -> None:
        self.file = make(*tone(5), to=folder / "secret.wav")
        self._watch = ctypes.CDLL(None).inotify_init1(IN_NONBLOCK)
        assert ctypes.CDLL(None).inotify_add_watch(self._watch, bytes(self.file), IN_OPEN) >= 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.setblocking(False)
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}/secret.wav"

    def touched(self) -> bool:
        for approach in (lambda: os.read(self._watch, 4096), self._server.accept):
            try:
                approach()
            except BlockingIOError:
                continue
            return True
        return False

    def close(self) -> None:
        os.close(self._watch)
        self._server.close()


@pytest.fixture
def canary(tmp_path) -> Iterator[Canary]:
    (tmp_path / "elsewhere").mkdir()
    bird = Canary(tmp_path / "elsewhere")
    yield bird
    assert not bird.touched()
    bird.close()


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        process(path, Shelf())
    assert refused.value.sentence.endswith(".")
    return refused.value.code


def test_the_canary_notices_a_visit(tmp_path):
    bird = Canary(tmp_path)
    assert not bird.touched()
    bird.file.read_bytes()
    assert bird.touched()
    with socket.create_connection(bird._server.getsockname()):
        assert bird.touched()
    bird.close()


PLAYLISTS = {
    "ffconcat": "ffconcat version 1.0\nfile '{file}'\n",
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile://{file}\n#EXT-X-ENDLIST\n",
    "hls-net": "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{url}\n#EXT-X-ENDLIST\n",
    "m3u": "#EXTM3U\n{file}\n",
    "pls": "[playlist]\nFile1={url}\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\n",
    "svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>',
    "dash": "<MPD><Period><BaseURL>{url}</BaseURL></Period></MPD>",
    "text": "Dear listener, this is only a letter.\n" * 100,
}


@pytest.mark.parametrize("kind", PLAYLISTS)
@pytest.mark.parametrize("front", [b"", b"ID3\x04\0\0\0\0\0\0"])
def test_text_that_names_another_file_is_not_audio(tmp_path, canary, kind, front):
    path = tmp_path / "song.mp3"
    path.write_bytes(front + PLAYLISTS[kind].format(file=canary.file, url=canary.url).encode())
    assert refusal(path) == "not-audio"


def test_a_playlist_forced_into_a_demuxer_opens_nothing(tmp_path, canary):
    """Even past the sniffer: no demuxer of ours, and no protocol, leads to the canary."""
    path = tmp_path / "song.mp3"
    path.write_text(f"ffconcat version 1.0\nfile '{canary.file}'\nfile '{canary.url}'\n")
    for demuxer in ("wav", "w64", "aiff", "flac", "mp3", "ogg", "mov", "aac", "caf"):
        with pytest.raises(Refused):
            probe(path, demuxer)


def test_even_the_concat_demuxer_could_open_nothing(tmp_path, canary):
    """The last wall alone: the protocol whitelist, were the demuxer allow-list ever wrong."""
    path = tmp_path / "song.mp3"
    path.write_text(f"ffconcat version 1.0\nfile 'file:{canary.file}'\n")
    import ffmpeg as graph

    output = graph.output(ffmpeg.source("concat"), "-", format="null")
    with pytest.raises(ffmpeg.ProcessFailed):
        ffmpeg.run(output, file=path, limits=ffmpeg.Limits(wall_s=10))


@pytest.mark.parametrize(
    "head",
    [b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"\x7fELF", b"RIFF\0\0\0\0AVI ", b"\0" * 9],
)
def test_other_kinds_of_files_are_not_audio(tmp_path, head):
    path = tmp_path / "song.wav"
    path.write_bytes(head + b"\0" * 5000)
    assert refusal(path) == "not-audio"


def test_nothing_is_refused_as_nothing(tmp_path):
    (tmp_path / "song.wav").touch()
    assert refusal(tmp_path / "song.wav") == "empty-file"


def test_a_playlist_with_music_behind_it_is_only_the_music(tmp_path, canary):
    music = make(*tone(2), "-write_xing", "0", to=tmp_path / "a.mp3").read_bytes()
    path = tmp_path / "song.m3u"
    path.write_bytes(f"#EXTM3U\n{canary.file}\n".encode() + music)
    assert process(path, Shelf()).duration_ms == pytest.approx(2000, abs=60)


# --- Headers that lie about the length ---


def wav(
    payload: bytes, *, rate=44100, channels=1, bits=16, tag=1, claim: int | None = None
) -> bytes:
    block = channels * bits // 8
    head = struct.pack(
        "<4sI4s4sIHHIIHH",
        b"RIFF",
        0xFFFFFFFF,
        b"WAVE",
        b"fmt ",
        16,
        tag,
        channels,
        rate,
        rate * block & 0xFFFFFFFF,
        block & 0xFFFF,
        bits,
    )
    return head + struct.pack("<4sI", b"data", len(payload) if claim is None else claim) + payload


def test_a_wav_that_claims_six_days_plays_its_two_seconds(tmp_path):
    path = tmp_path / "long.wav"
    path.write_bytes(wav(b"\x80\x90" * 8000, rate=8000, bits=8, claim=0xFFFFFFF0))
    assert probe(path, "wav").duration_s == pytest.approx(2, abs=0.1)
    assert process(path, Shelf()).duration_ms == 2000


def test_an_aiff_that_claims_a_day_plays_its_two_seconds(tmp_path):
    path = make(*tone(2), to=tmp_path / "long.aiff")
    data = bytearray(path.read_bytes())
    at = data.find(b"COMM")
    data[at + 10 : at + 14] = b"\x7f\xff\xff\xff"  # the number of sample frames
    path.write_bytes(data)
    assert probe(path, "aiff").duration_s == pytest.approx(2, abs=0.1)
    assert process(path, Shelf()).duration_ms == 2000


def test_a_flac_that_claims_eighteen_days_plays_its_two_seconds(tmp_path):
    path = make(*tone(2), to=tmp_path / "long.flac")
    data = bytearray(path.read_bytes())
    data[21] |= 0x0F  # STREAMINFO: 36 bits of total samples, RFC 9639 section 8.2
    data[22:26] = b"\xff" * 4
    path.write_bytes(data)
    assert probe(path, "flac").duration_s is None
    assert process(path, Shelf()).duration_ms == 2000


def test_an_mp3_that_claims_eighteen_days_plays_its_two_seconds(tmp_path):
    path = make(*tone(2), "-q:a", "4", to=tmp_path / "long.mp3")
    data = bytearray(path.read_bytes())
    at = data.find(b"Xing") if b"Xing" in data else data.find(b"Info")
    assert data[at + 7] & 1
    data[at + 8 : at + 12] = struct.pack(">I", 18 * 86400 * 44100 // 1152)
    path.write_bytes(data)
    assert process(path, Shelf()).duration_ms == pytest.approx(2000, abs=60)


# --- Damage ---


@pytest.mark.parametrize(
    "suffix", ["wav", "flac", "mp3", "ogg", "opus", "aiff", "aac", "caf", "w64"]
)
def test_half_a_file_plays_its_half(tmp_path, suffix):
    path = make(*tone(8), to=tmp_path / f"half.{suffix}")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 2000 <= process(path, Shelf()).duration_ms <= 4700


def test_half_an_m4a_has_lost_its_index(tmp_path):
    path = make(*tone(8), to=tmp_path / "half.m4a")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refusal(path) == "damaged"


@pytest.mark.parametrize(
    "suffix", ["wav", "flac", "mp3", "ogg", "m4a", "aiff", "aac", "caf", "w64"]
)
def test_a_head_without_a_body_is_damaged(tmp_path, suffix):
    path = make(*tone(8), to=tmp_path / f"head.{suffix}")
    path.write_bytes(path.read_bytes()[:24])
    assert refusal(path) in {"damaged", "not-audio", "no-audio-stream"}


def test_noise_in_the_middle_is_passed_over(tmp_path):
    path = make(*tone(8), "-b:a", "128k", to=tmp_path / "scratched.mp3")
    data = bytearray(path.read_bytes())
    data[40_000:60_000] = os.urandom(20_000)
    path.write_bytes(data)
    assert process(path, Shelf()).duration_ms == pytest.approx(8000, abs=2000)


@pytest.mark.parametrize(
    "lie",
    [
        {"channels": 0},
        {"rate": 0},
        {"channels": 65535},
        {"channels": 40},
        {"bits": 0},
        {"tag": 0x7777},
        {"rate": 0xFFFFFFFF},
    ],
)
def test_impossible_wav_headers_are_refused(tmp_path, lie):
    path = tmp_path / "odd.wav"
    path.write_bytes(wav(b"\x01\x02" * 60_000, **lie))
    assert refusal(path) in {"damaged", "too-many-channels", "no-audio-stream"}


@pytest.mark.parametrize("poison", [float("nan"), float("inf"), 1e38])
def test_numbers_that_are_no_sound_are_refused(tmp_path, poison):
    path = tmp_path / "nan.wav"
    path.write_bytes(wav(struct.pack("<f", poison) * 100_000, bits=32, tag=3))
    assert refusal(path) == "damaged"


@pytest.mark.parametrize(("second", "expected"), [("-ac 2", 5000), ("-ac 1", 2000)])
def test_a_chain_of_oggs_plays_as_far_as_ffmpeg_follows_it(tmp_path, second, expected):
    first = make(*tone(2), "-ac", "2", to=tmp_path / "a.ogg").read_bytes()
    path = make(*tone(3), *second.split(), to=tmp_path / "b.ogg")
    path.write_bytes(first + path.read_bytes())
    assert process(path, Shelf()).duration_ms == pytest.approx(expected, abs=50)


# --- Things inside ---


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


def test_a_mov_whose_sound_lies_in_another_file_opens_nothing(tmp_path, canary):
    path = make(*tone(2), "-c:a", "pcm_s16be", to=tmp_path / "reference.mov")
    path.write_bytes(pointing_elsewhere(path.read_bytes(), str(canary.file)))
    assert refusal(path) in {"damaged", "no-audio-stream"}


def pointing_elsewhere(mov: bytes, target: str) -> bytes:
    """The same film with its data reference replaced by a Mac alias to `target`."""
    route = target.replace("/", ":").encode()
    tail = struct.pack(">HH", 2, len(route)) + route + b"\0" * (len(route) % 2) + b"\xff\xff\0\0"
    alias = b"\0" * 10 + b"\x04disk" + b"\0" * 23 + b"\0" * 12 + b"\x0asecret.wav" + b"\0" * 53
    alias += b"\0" * 16 + struct.pack(">HH", 1, 1) + b"\0" * 16 + tail
    entry = struct.pack(">I4sI", 12 + len(alias), b"alis", 0) + alias
    dref = struct.pack(">I4sII", 16 + len(entry), b"dref", 0, 1) + entry
    return rebuilt(mov, dref)


def rebuilt(data: bytes, dref: bytes) -> bytes:
    out, position = b"", 0
    while position < len(data):
        size, kind = struct.unpack_from(">I4s", data, position)
        body = data[position + 8 : position + size]
        if kind == b"dref":
            out += dref
        elif kind in {b"moov", b"trak", b"mdia", b"minf", b"dinf"}:
            inside = rebuilt(body, dref)
            out += struct.pack(">I4s", 8 + len(inside), kind) + inside
        else:
            out += data[position : position + size]
        position += size
    return out


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


# --- Odd, but music ---


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
