"""Good files that are written in unusual ways: heard as they were meant, or refused by name."""

import re
import struct
from pathlib import Path

import numpy as np
import pytest

from media_pipeline.steps.encode import NotNumbers, encode
from media_pipeline.steps.errors import Refused
from media_pipeline.steps.extras import make_extras
from media_pipeline.steps.ogg import shapes
from media_pipeline.steps.probe import mix_of, probe
from media_pipeline.steps.sniff import sniff
from tests.media_pipeline.audio import DATA, Shelf, decode, make, process, tone

RATE = 48_000
LEFT, RIGHT = 440, 880
FULL = 32_767 / 4  # -12 dBTP
CASES = DATA / "cases"


def two_tones(seconds: float, rate: int = RATE) -> np.ndarray:
    time = np.arange(round(seconds * rate)) / rate
    return np.stack([np.sin(2 * np.pi * f * time) for f in (LEFT, RIGHT)], axis=1) * FULL


def wav(
    path: Path, frames: np.ndarray, *, tag: int = 1, order: str = "<", mask: int = 0, meant: int = 0
) -> Path:
    """Write samples as they are, with the header that is asked for."""
    data = frames.astype(frames.dtype.newbyteorder(order)).tobytes()
    size, channels = frames.dtype.itemsize, frames.shape[1]
    block = size * channels
    kind = 0xFFFE if mask or meant else tag
    chunk = struct.pack(f"{order}HHIIHH", kind, channels, RATE, RATE * block, block, size * 8)
    if mask or meant:
        guid = struct.pack("<HHI", tag, 0, 0x100000) + bytes.fromhex("800000aa00389b71")
        chunk += struct.pack("<HHI", 22, meant or size * 8, mask) + guid
    body = b"WAVE" + b"fmt " + struct.pack(f"{order}I", len(chunk)) + chunk
    body += b"data" + struct.pack(f"{order}I", len(data)) + data
    name = b"RIFX" if order == ">" else b"RIFF"
    path.write_bytes(name + struct.pack(f"{order}I", len(body)) + body)
    return path


def loudest(path: Path) -> list[int]:
    """Return the loudest frequency of each channel, in Hz, from its first second."""
    sound = np.frombuffer(decode(path, "-ar", str(RATE)), "<i2").reshape(-1, 2)[:RATE]
    return [int(np.argmax(np.abs(np.fft.rfft(channel)))) for channel in sound.T]


def lengths(shelf: Shelf) -> list[float]:
    """Return the seconds of each rendition, as its playlist says."""
    texts = (shelf.text(f"{name}/playlist.m3u8") for name in ("opus", "opus64", "aac"))
    return [sum(map(float, re.findall(r"#EXTINF:([\d.]+)", text))) for text in texts]


def is_the_two_tones(path: Path, tmp_path: Path) -> None:
    shelf = Shelf()
    encoded = process(path, shelf)
    assert encoded.true_peak_dbtp == pytest.approx(-12, abs=0.3)
    assert encoded.channels == 2
    heard = loudest(shelf.whole("opus", tmp_path / "heard.mp4"))
    assert heard == pytest.approx([LEFT, RIGHT], abs=1)
    kept = Shelf()
    make_extras(path, sniff(path), probe(path, sniff(path)), kept, tmp_path / "a.mp3")
    assert loudest(kept.whole("flac", tmp_path / "kept.mp4")) == pytest.approx([LEFT, RIGHT], abs=1)


@pytest.mark.parametrize(("dtype", "tag", "gain"), [
    ("i2", 1, 1), ("i4", 1, 65_536), ("f4", 3, 1 / 32_768), ("f8", 3, 1 / 32_768),
])  # fmt: skip
def test_a_big_endian_wav_is_no_noise(tmp_path, dtype, tag, gain):
    frames = (two_tones(1.5) * gain).astype(dtype)
    is_the_two_tones(wav(tmp_path / "a.wav", frames, tag=tag, order=">"), tmp_path)


@pytest.mark.parametrize("meant", [20, 24])
def test_bits_that_do_not_fill_their_containers_are_heard(tmp_path, meant):
    frames = (two_tones(1.5) * 65_536).astype("i4") & -(1 << (32 - meant))
    path = wav(tmp_path / "a.wav", frames, meant=meant, mask=3)
    assert probe(path, "wav").bit_depth == meant
    is_the_two_tones(path, tmp_path)


def test_a_full_container_is_left_to_ffmpeg(tmp_path):
    path = wav(tmp_path / "a.wav", two_tones(1).astype("i2"), mask=3)
    assert probe(path, "wav").decoder == ""
    is_the_two_tones(path, tmp_path)


@pytest.mark.parametrize("mask", [0x30, 0x600, 0xC, 0x9, 0x202])
def test_two_channels_are_left_and_right_whatever_speakers_they_name(tmp_path, mask):
    is_the_two_tones(wav(tmp_path / "a.wav", two_tones(1.5).astype("i2"), mask=mask), tmp_path)


def test_channels_of_odd_speakers_go_to_their_sides(tmp_path):
    assert mix_of("5.1", ["FL", "FR", "FC", "LFE", "BL", "BR"]) is None
    assert mix_of("3 channels", ["", "", ""]) is None
    assert mix_of("3 channels (BL+BR+BC)", ["BL", "BR", "BC"]) == "stereo|c0<c0+c2|c1<c1+c2"
    sources = [*tone(1, 300), *tone(1, 600), *tone(1, 900)]
    joined = "[0][1][2]join=inputs=3:channel_layout=BL+BR+BC"
    path = make(*sources, "-filter_complex", joined, to=tmp_path / "a.wav")
    assert process(path, Shelf()).channels == 2


def test_ambisonic_sound_is_heard_from_two_sides(tmp_path):
    # W and Y alike: everything comes from the left.
    time = np.arange(2 * RATE) / RATE
    left = np.sin(2 * np.pi * LEFT * time) * FULL
    frames = np.stack([left, left, 0 * left, 0 * left], axis=1).astype("i2")
    source = wav(tmp_path / "a.wav", frames)
    words = ["-ch_layout", "ambisonic 1", "-i", str(source), "-c:a", "libopus"]
    path = make(*words, "-mapping_family", "2", to=tmp_path / "a.opus")
    shelf = Shelf()
    assert process(path, shelf).channels == 2
    heard = np.frombuffer(decode(shelf.whole("opus", tmp_path / "o.mp4")), "<i2").reshape(-1, 2)
    assert np.abs(heard[:, 0]).max() > 5_000 > 500 > np.abs(heard[:, 1]).max()


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("at", [10, 3 * RATE])
def test_what_is_no_number_is_silence(tmp_path, wrong, at):
    frames = (two_tones(4) / 32_768).astype("f4")
    frames[at, 0] = wrong
    path = wav(tmp_path / "a.wav", frames, tag=3)
    with pytest.raises(NotNumbers):
        encode(path, "wav", probe(path, "wav"), Shelf())
    encoded = process(path, Shelf())
    assert encoded.duration_ms == 4000
    assert encoded.loudness_lufs == pytest.approx(-12.4, abs=0.6)
    kept = Shelf()
    make_extras(path, "wav", probe(path, "wav"), kept, tmp_path / "a.mp3")
    sound = np.frombuffer(decode(kept.whole("flac", tmp_path / "k.mp4")), "<i2")
    assert np.abs(sound.astype("i4")).max() < 8_400  # no click


@pytest.mark.parametrize("samples", [1, 100])
def test_a_click_is_too_short(tmp_path, samples):
    path = wav(tmp_path / "a.wav", two_tones(1).astype("i2")[:samples])
    with pytest.raises(Refused) as refused:
        process(path, Shelf())
    assert refused.value.code == "too-short"


@pytest.mark.parametrize(("words", "name", "said"), [
    (["-c:a", "dca", "-strict", "-2", "-ac", "2"], "a.wav", "DTS"),
    (["-c:a", "wavpack"], "a.mka", "WavPack"),
    (["-c:a", "tta"], "a.mka", "True Audio"),
    (["-c:a", "truehd", "-strict", "-2", "-ac", "2"], "a.mka", "TrueHD"),
])  # fmt: skip
def test_a_codec_that_is_not_played_is_named(tmp_path, words, name, said):
    path = make(*tone(1, rate=RATE), *words, to=tmp_path / name)
    with pytest.raises(Refused) as refused:
        process(path, Shelf())
    assert refused.value.code == "codec-not-played"
    assert said in refused.value.sentence
    assert "WAV or FLAC" in refused.value.sentence


def chain(tmp_path: Path, codec: str, *shapes_of_links: tuple[int, int]) -> Path:
    """Write links of three seconds, one behind the other."""
    whole = b""
    for channels, rate in shapes_of_links:
        words = ["-ac", str(channels), "-c:a", codec]
        whole += make(*tone(3, rate=rate), *words, to=tmp_path / "link.ogg").read_bytes()
    (tmp_path / "chain.ogg").write_bytes(whole)
    return tmp_path / "chain.ogg"


@pytest.mark.parametrize("codec", ["libopus", "libvorbis", "flac"])
def test_a_chain_of_one_shape_plays_whole(tmp_path, codec):
    path, shelf = chain(tmp_path, codec, (2, RATE), (2, RATE)), Shelf()
    assert shapes(path) == [(2, RATE), (2, RATE)]
    assert process(path, shelf).duration_ms == pytest.approx(6000, abs=40)
    assert lengths(shelf) == pytest.approx([6, 6, 6], abs=0.04)


@pytest.mark.parametrize(("codec", "other"), [
    ("libopus", (1, RATE)), ("libvorbis", (2, 44_100)), ("flac", (2, 44_100)),
])  # fmt: skip
def test_a_chain_whose_links_differ_says_so(tmp_path, codec, other):
    with pytest.raises(Refused) as refused:
        process(chain(tmp_path, codec, (2, RATE), other), Shelf())
    assert refused.value.code == "chained"


HOLES = {
    "one of four seconds": (["-af", "aselect='not(between(t,3,7))'"], 10, "a.webm", "libopus"),
    "many of 20 ms": (["-af", "asetnsamples=960,aselect='mod(n,25)'"], 30, "a.webm", "libopus"),
    "one of 50 ms": (["-af", "aselect='not(between(t,3,3.05))'"], 6, "a.m4a", "aac"),
    "none": ([], 6, "a.m4a", "aac"),
}


@pytest.mark.parametrize("kind", HOLES)
def test_a_hole_is_silence_and_everything_has_one_time_line(tmp_path, kind):
    words, seconds, name, codec = HOLES[kind]
    path = make(*tone(seconds, rate=RATE), *words, "-c:a", codec, to=tmp_path / name)
    shelf = Shelf()
    encoded = process(path, shelf)
    assert encoded.duration_ms == pytest.approx(seconds * 1000, abs=30)
    assert lengths(shelf) == pytest.approx([encoded.duration_ms / 1000] * 3, abs=0.03)
    assert len(encoded.peaks) == pytest.approx(encoded.duration_ms * RATE / 1000 / 256, abs=2)
    kept = Shelf()
    made = make_extras(path, sniff(path), probe(path, sniff(path)), kept, tmp_path / "a.mp3")
    assert made["flac"].duration == pytest.approx(encoded.duration_ms / 1000, abs=0.03)
    if kind == "one of four seconds":
        quiet = encoded.peaks[5 * RATE // 256 : 6 * RATE // 256]
        assert not quiet.any()
        assert encoded.peaks[8 * RATE // 256 :].any()


def test_sound_that_begins_after_its_film_begins_after_silence(tmp_path):
    film = ["-f", "lavfi", "-i", "testsrc=d=5:s=64x64:r=5", "-itsoffset", "2"]
    path = make(*film, *tone(3, rate=RATE), "-c:v", "libvpx", "-c:a", "libopus",
                to=tmp_path / "a.webm")  # fmt: skip
    shelf = Shelf()
    encoded = process(path, shelf)
    assert encoded.duration_ms == pytest.approx(5000, abs=30)
    assert lengths(shelf) == pytest.approx([5, 5, 5], abs=0.03)
    assert not encoded.peaks[: RATE // 256].any()


def test_time_that_steps_back_is_one_time_line_too(tmp_path):
    """Matroska whose second half says that it begins a second earlier: the overlap is cut."""
    words = ["-af", "asetnsamples=960,asetpts='PTS-if(gte(T,3),1/TB,0)'", "-c:a", "pcm_s16le"]
    path = make(*tone(6, rate=RATE), *words, "-enc_time_base", "1/48000", to=tmp_path / "a.mka")
    shelf = Shelf()
    encoded = process(path, shelf)
    assert lengths(shelf) == pytest.approx([encoded.duration_ms / 1000] * 3, abs=0.03)


@pytest.mark.parametrize(("name", "duration", "lufs", "peak"), [
    ("gap.webm", 10_000, None, None),
    ("rifx.wav", 3000, -12.5, -12.0),
    ("24in32.wav", 3000, -12.5, -12.0),
    ("stereo-mask-30.wav", 2000, -12.5, -12.0),
    ("stereo-mask-600.wav", 2000, -12.5, -12.0),
    ("ambisonic.opus", 1000, None, None),
    ("one-nan.wav", 2000, None, None),
])  # fmt: skip
def test_the_known_cases_have_their_right_values(name, duration, lufs, peak):
    if not CASES.is_dir():
        pytest.skip("needs the known cases")
    shelf = Shelf()
    encoded = process(CASES / name, shelf)
    assert encoded.duration_ms == pytest.approx(duration, abs=30)
    assert lengths(shelf) == pytest.approx([duration / 1000] * 3, abs=0.03)
    if lufs is not None:
        assert encoded.loudness_lufs == pytest.approx(lufs, abs=0.1)
    if peak is not None:
        assert encoded.true_peak_dbtp == pytest.approx(peak, abs=0.1)


@pytest.mark.parametrize(("name", "code"), [
    ("dts-in.wav", "codec-not-played"),
    ("wavpack.mka", "codec-not-played"),
    ("one-sample.wav", "too-short"),
    ("chained.opus", "chained"),
])  # fmt: skip
def test_the_known_cases_that_cannot_be_played_say_why(name, code):
    if not CASES.is_dir():
        pytest.skip("needs the known cases")
    with pytest.raises(Refused) as refused:
        process(CASES / name, Shelf())
    assert refused.value.code == code
