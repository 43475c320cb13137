"""What is made of every piece, and the parts of an FFmpeg graph that both passes share."""

from dataclasses import dataclass
from typing import Any

import ffmpeg as graph

from media_pipeline import ffmpeg
from media_pipeline.steps.packager import FRAGMENT_S, MOVFLAGS
from media_pipeline.steps.probe import Probe


@dataclass(frozen=True)
class Recipe:
    """One rendition: FFmpeg's encoder, bits per second for stereo and mono (0: lossless)."""

    name: str
    encoder: str
    codecs: str
    stereo: int = 0
    mono: int = 0

    def bitrate(self, channels: int) -> int:
        return self.mono if channels == 1 else self.stereo


RECIPES = (
    Recipe("opus", "libopus", "opus", 160_000, 96_000),
    Recipe("opus64", "libopus", "opus", 64_000, 40_000),
    Recipe("aac", "aac", "mp4a.40.2", 256_000, 160_000),
)
LOSSLESS = (Recipe("flac", "flac", "fLaC"), Recipe("alac", "alac", "alac"))


# Containers that say when each piece of sound begins. In all others samples simply follow.
TIMED = frozenset({"mov", "matroska"})
# From and to, in milliseconds: spans in which nothing is to be heard.
Spans = tuple[tuple[int, int], ...]
HOLE_S = 0.01  # what is no rounding of time stamps any more (Matroska's are of a millisecond)
STANDARD_SPEAKERS = {
    1: "FC",
    2: "FL FR",
    3: "FL FR FC",
    4: "FL FR BL BR",
    5: "FL FR FC BL BR",
    6: "FL FR FC LFE BL BR",
    7: "FL FR FC LFE BC SL SR",
    8: "FL FR FC LFE BL BR SL SR",
}
MUTED_FRAME = 256  # samples: a filter is switched on and off between frames
MUTED_MARGIN_S = 0.05  # longer than such a frame, and than what encoders smear: rather more silence
NOT_NUMBERS_TO_SILENCE = "if(lt(abs(val(ch)),1e6),val(ch),0)"


def heard(
    demuxer: str,
    probe: Probe,
    *,
    clean: bool = False,
    muted: Spans = (),
    window: tuple[float, float] | None = None,
) -> Any:
    """The first sound of the source as mono or stereo, on one time line.

    Holes in the source's time stamps become silence and overlaps are cut, then samples are counted:
    all that is made of it, of whatever pass, has the same time. `clean` makes silence of samples
    that are no numbers. Nothing sounds in `muted` spans, nor a little before and after. Of a
    `window` (where it begins, how long it is, in seconds) nothing else is read.
    """
    sound = ffmpeg.source(demuxer, decoder=probe.decoder, window=window)["a:0"]
    if clean:
        sound = sound.filter("aeval", NOT_NUMBERS_TO_SILENCE, c="same")
    if probe.mix is not None:  # names that FFmpeg knows, for channels whose own it does not
        names = STANDARD_SPEAKERS[probe.channels].split()
        names_of = "|".join(f"{n}-{name}" for n, name in enumerate(names))
        sound = sound.filter("channelmap", map=names_of, channel_layout="+".join(names))
    if probe.mix:
        sound = sound.filter("pan", probe.mix)
    else:
        layout = "mono" if probe.channels == 1 else "stereo"
        sound = sound.filter("aformat", channel_layouts=layout)
    if demuxer in TIMED:
        filling = {"async": 1, "first_pts": 0, "min_hard_comp": HOLE_S}
        sound = sound.filter("aresample", **filling)
    return silenced(sound.filter("asetpts", "N/SR/TB"), muted)


def silenced(sound: Any, muted: Spans) -> Any:
    """The same sound, silent in these spans."""
    if not muted:
        return sound
    spans = [
        f"between(t,{at / 1000 - MUTED_MARGIN_S:.3f},{until / 1000 + MUTED_MARGIN_S:.3f})"
        for at, until in muted
    ]
    small = sound.filter("asetnsamples", MUTED_FRAME, p=0)
    return small.filter("volume", 0, enable="+".join(spans))


def common_rate(sample_rate: int) -> int:
    """44,100 Hz for rates of that family (11,025 × 2ⁿ), else 48,000 Hz."""
    return 44_100 if sample_rate % 11_025 == 0 else 48_000


def fragmented(stream: Any, pipe: str, recipe: Recipe, channels: int) -> Any:
    """An output node: this rendition as fragmented MP4 on a pipe, with nothing personal in it."""
    rate = {"audio_bitrate": recipe.bitrate(channels)} if recipe.stereo else {}
    return graph.output(
        stream,
        pipe,
        format="mp4",
        acodec=recipe.encoder,
        movflags=MOVFLAGS,
        frag_duration=FRAGMENT_S * 1_000_000,
        map_metadata=-1,
        map_chapters=-1,
        fflags="+bitexact",
        **rate,
    )
