"""What a file claims, read by a reader that may die of it."""

import pytest

from media_pipeline.steps.errors import Refused
from media_pipeline.steps.probe import probe
from tests.media_pipeline.audio import make, tone


def test_the_claims_of_a_flac(tmp_path):
    tags = ["-metadata", "title=Gruß aus Köln", "-metadata", "artist=Ä\N{SNOWMAN}"]
    path = make(*tone(2), *tags, "-sample_fmt", "s32", to=tmp_path / "a.flac")
    claims = probe(path, "flac")
    assert claims.duration_s == pytest.approx(2)
    assert (claims.sample_rate, claims.channels, claims.bit_depth) == (44100, 1, 24)
    assert (claims.codec, claims.container, claims.has_picture) == ("flac", "flac", False)
    assert (claims.tags["title"], claims.tags["artist"]) == ("Gruß aus Köln", "Ä\N{SNOWMAN}")


def test_a_lossy_file_has_no_depth(tmp_path):
    claims = probe(make(*tone(2), "-b:a", "96k", to=tmp_path / "a.mp3"), "mp3")
    assert (claims.codec, claims.bit_depth, claims.bitrate) == ("mp3", None, 96_000)


def test_many_and_long_tags_are_cut(tmp_path):
    tags = [word for n in range(200) for word in ("-metadata", f"note{n}={'x' * 3000}")]
    found = probe(make(*tone(1), *tags, to=tmp_path / "a.flac"), "flac").tags
    assert len(found) <= 64
    assert max(map(len, found.values())) == 1000


def test_a_tag_in_no_known_writing_does_not_stop_it(tmp_path):
    path = make(*tone(1), "-metadata", "title=AAAAAAAA", to=tmp_path / "a.flac")
    path.write_bytes(path.read_bytes().replace(b"AAAAAAAA", b"\xff\xfe\xc3\x28\x80A\x01A"))
    assert "title" in probe(path, "flac").tags


def test_the_wrong_demuxer_is_refused_not_followed(tmp_path):
    path = make(*tone(1), to=tmp_path / "a.flac")
    with pytest.raises(Refused) as refused:
        probe(path, "ogg")
    assert refused.value.code == "damaged"
