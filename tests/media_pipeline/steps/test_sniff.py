"""The first bytes decide; what only looks like music does not."""

import pytest

from media_pipeline.steps.errors import Refused
from media_pipeline.steps.mpeg import frames_demuxer
from media_pipeline.steps.sniff import sniff

MPEG_FRAME = b"\xff\xfb\x90\x00" + bytes(413)  # layer III, 128 kb/s, 44.1 kHz: 417 bytes
ADTS_FRAME = b"\xff\xf1\x50\x80\x0c\x9f\xfc" + bytes(93)  # 100 bytes


@pytest.mark.parametrize(
    ("data", "demuxer"),
    [
        (b"RIFF\x24\0\0\0WAVEfmt ", "wav"),
        (b"RIFX\0\0\0\x24WAVEfmt ", "wav"),
        (b"RF64\xff\xff\xff\xffWAVEds64", "wav"),
        (b"BW64\xff\xff\xff\xffWAVEds64", "wav"),
        (b"FORM\0\0\0\x24AIFF", "aiff"),
        (b"FORM\0\0\0\x24AIFC", "aiff"),
        (b"fLaC\0\0\0\x22", "flac"),
        (b"OggS\0\x02", "ogg"),
        (b"caff\0\x01", "caf"),
        (b"\0\0\0\x20ftypM4A ", "mov"),
        (b"\0\0\0\x08wide", "mov"),
        (b"\x1aE\xdf\xa3\x87\x42\x82\x84webm", "matroska"),
        (b"\x1aE\xdf\xa3\x8f\x42\x86\x81\x01\x42\x82\x88matroska", "matroska"),
        (MPEG_FRAME * 4, "mp3"),
        (bytes(2000) + MPEG_FRAME * 5, "mp3"),
        (ADTS_FRAME * 4, "aac"),
        (b"ID3\x04\0\0\0\0\0\x05xxxxx" + MPEG_FRAME * 4, "mp3"),
        (b"ID3\x03\0\0\0\0\0\x05xxxxx" + b"fLaC\0\0\0\x22", "flac"),
        (b"ID3\x04\0\0\0\0\0\0" * 2 + ADTS_FRAME * 4, "aac"),
    ],
)
def test_it_is_known_by_its_first_bytes(tmp_path, data, demuxer):
    (tmp_path / "file").write_bytes(data)
    assert sniff(tmp_path / "file") == demuxer


@pytest.mark.parametrize(
    "data",
    [
        b"RIFF\x24\0\0\0AVI LIST",
        b"FORM\0\0\0\x24ILBM",
        b"ID3\x04\0\0\0\0\0\0RIFF\x24\0\0\0WAVE",
        b"ID3" * 5,
        MPEG_FRAME + b"and then a letter",
        bytes(9000) + MPEG_FRAME * 9,
        b"\xff" * 5000,
        b"\x1aE\xdf\xa3matroska",
        b"\x1aE\xdf\xa3",
        b"\x1aE\xdf\xa3\x87\x42\x82\x84avi!",
        b"\x1aE\xdf\xa3\x87\x42\x82\x84we",
        b"\x1aE\xdf\xa3\x00" + bytes(300),
        b"\x1aE\xdf\xa3\xff\x42\x82\x84webm",
    ],
)
def test_what_only_begins_like_music_is_refused(tmp_path, data):
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(Refused) as refused:
        sniff(tmp_path / "file")
    assert refused.value.code == "not-audio"


def test_chance_makes_no_chain_of_frames():
    import random

    dice = random.Random(1)
    assert not any(frames_demuxer(dice.randbytes(8192)) for _ in range(200))
