"""The second pass: lossless is lossless, and the MP3 can be kept and sought."""

import hashlib

import pytest

from media_pipeline.steps.errors import Refused
from media_pipeline.steps.extras import make_extras
from media_pipeline.steps.probe import probe
from tests.media_pipeline.audio import Shelf, decode, make, tone
from tests.media_pipeline.hostile import wav

SOURCES = {
    "16-bit 44.1": ([], 44100, "pcm_s16le"),
    "24-bit 96": ([], 96000, "pcm_s24le"),
    "8-bit 8": ([], 8000, "pcm_u8"),
    "stereo": (["-ac", "2"], 48000, "pcm_s16le"),
}


def digest(path) -> str:
    return hashlib.sha256(decode(path, "-c:a", "pcm_s24le", form="s24le")).hexdigest()


@pytest.mark.parametrize("kind", SOURCES)
def test_flac_and_alac_are_the_original_bit_for_bit(tmp_path, kind):
    options, rate, codec = SOURCES[kind]
    fine = f"aevalsrc=0.3*sin(2*PI*440*t)+0.1*sin(2*PI*1234.5*t):s={rate}:d=14"
    path = make("-f", "lavfi", "-i", fine, *options, "-c:a", codec, to=tmp_path / "a.wav")
    shelf = Shelf()
    stats = make_extras(path, "wav", probe(path, "wav"), shelf, tmp_path / "a.mp3")
    for rendition in ("flac", "alac"):
        assert digest(shelf.whole(rendition, tmp_path / "whole.mp4")) == digest(path)
        assert stats[rendition].duration == pytest.approx(14, abs=0.001)
        assert shelf.text(f"{rendition}/playlist.m3u8").endswith("#EXT-X-ENDLIST\n")
    assert 'CODECS="fLaC"\nflac/playlist.m3u8' in shelf.text("master.m3u8")


def test_a_file_without_a_sample_is_damaged(tmp_path):
    path = make(*tone(1), to=tmp_path / "a.wav")
    claims = probe(path, "wav")
    path.write_bytes(wav(b""))
    with pytest.raises(Refused) as refused:
        make_extras(path, "wav", claims, Shelf(), tmp_path / "a.mp3")
    assert refused.value.code == "damaged"


def test_a_rate_beyond_all_players_is_halved(tmp_path):
    path = make(*tone(2, rate=352_800), to=tmp_path / "a.wav")
    shelf = Shelf()
    make_extras(path, "wav", probe(path, "wav"), shelf, tmp_path / "a.mp3")
    whole = shelf.whole("flac", tmp_path / "whole.mp4")
    assert probe(whole, "mov").sample_rate == 176_400


def test_the_mp3_says_how_long_it_is_and_carries_nothing_personal(tmp_path):
    path = make(*tone(5), "-metadata", "title=Secret", to=tmp_path / "a.flac")
    to = tmp_path / "a.mp3"
    stats = make_extras(path, "flac", probe(path, "flac"), Shelf(), to)
    found = probe(to, "mp3")
    assert found.duration_s == pytest.approx(5, abs=0.03)
    assert found.bitrate == 320_000
    assert b"Secret" not in to.read_bytes()
    assert b"Info" in to.read_bytes()[:300]
    assert stats["mp3_320"].bytes == to.stat().st_size
