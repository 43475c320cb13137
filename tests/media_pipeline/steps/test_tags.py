"""What files say of themselves, whatever family of tags and whatever encoding."""

import pytest

from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff
from tests.media_pipeline.audio import make, tone

FAMILIES = ["a.mp3", "a.flac", "a.ogg", "a.opus", "a.m4a", "a.wav", "a.mka", "a.webm", "a.aiff"]
WORDS = {"title": "Die Mühle", "artist": "Änne"}


def tagged(path, **words):
    options = [part for name, word in words.items() for part in ("-metadata", f"{name}={word}")]
    codec = ["-c:a", "libopus"] if path.suffix == ".webm" else []
    id3 = ["-write_id3v2", "1"] if path.suffix == ".aiff" else []
    return make(*tone(1, rate=48000), *codec, *options, *id3, to=path)


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_of_tags_is_read(tmp_path, name):
    path = tagged(tmp_path / name, **WORDS)
    tags = probe(path, sniff(path)).tags
    assert tags["title"] == WORDS["title"]
    assert tags["artist"] == WORDS["artist"]


def id3(frames: dict[str, bytes], encoding: int = 0) -> bytes:
    """ID3v2.3 whose texts say that they are Latin-1."""
    body = b"".join(
        name.encode() + (len(text) + 1).to_bytes(4, "big") + b"\0\0" + bytes([encoding]) + text
        for name, text in frames.items()
    )
    size = bytes(len(body) >> 7 * shift & 0x7F for shift in (3, 2, 1, 0))
    return b"ID3\x03\0\0" + size + body


def read(tmp_path, title: bytes, artist: bytes) -> tuple[str, str]:
    bare = make(*tone(1), "-id3v2_version", "0", "-write_id3v1", "0", to=tmp_path / "bare.mp3")
    path = tmp_path / "a.mp3"
    path.write_bytes(id3({"TIT2": title, "TPE1": artist}) + bare.read_bytes())
    tags = probe(path, "mp3").tags
    return tags["title"], tags["artist"]


@pytest.mark.parametrize(("title", "artist", "encoding"), [
    ("Группа крови", "Виктор Цой", "cp1251"),
    ("Кино", "Кино", "cp1251"),
    ("上を向いて歩こう", "坂本 九", "cp932"),
    ("さくら", "椎名林檎", "cp932"),
    ("Jóga", "Björk", "latin-1"),
    ("Ça ira", "Édith Piaf", "latin-1"),
    ("Ågot", "Sigur Rós", "latin-1"),
])  # fmt: skip
def test_texts_that_say_they_are_latin_are_what_they_were_meant(tmp_path, title, artist, encoding):
    assert read(tmp_path, title.encode(encoding), artist.encode(encoding)) == (title, artist)


def test_bytes_that_are_no_text_do_no_harm(tmp_path):
    title, _ = read(tmp_path, bytes(range(128, 256)), b"\xff\xfe\x00")
    title.encode()
