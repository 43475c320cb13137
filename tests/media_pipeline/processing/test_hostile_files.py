"""Files that name other files and places: refused with a sentence, and nothing they name is opened.

A canary file is watched by the kernel (inotify), a canary port listens; both stay untouched.
"""

import socket
import struct
from collections.abc import Iterator

import ffmpeg as graph
import pytest

from media_pipeline import ffmpeg
from media_pipeline.steps.errors import Refused
from media_pipeline.steps.probe import probe
from tests.media_pipeline.audio import Shelf, make, process, tone
from tests.media_pipeline.hostile import Canary, refusal


@pytest.fixture
def canary(tmp_path) -> Iterator[Canary]:
    (tmp_path / "elsewhere").mkdir()
    bird = Canary(tmp_path / "elsewhere")
    yield bird
    assert not bird.touched()
    bird.close()


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
    for demuxer in ("wav", "w64", "aiff", "flac", "mp3", "ogg", "mov", "aac", "caf", "matroska"):
        with pytest.raises(Refused):
            probe(path, demuxer)


def test_even_the_concat_demuxer_could_open_nothing(tmp_path, canary):
    """The last wall alone: the protocol whitelist, were the demuxer allow-list ever wrong."""
    path = tmp_path / "song.mp3"
    path.write_text(f"ffconcat version 1.0\nfile 'file:{canary.file}'\n")
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
