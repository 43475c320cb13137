"""What is made of every piece, and the parts of an FFmpeg graph that both passes share."""

from dataclasses import dataclass
from typing import Any

import ffmpeg as graph

from media_pipeline.steps.packager import FRAGMENT_S, MOVFLAGS


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


def heard(source: Any, channels: int) -> Any:
    """The first sound of the source as mono or stereo; more channels are mixed down by FFmpeg."""
    layout = "mono" if channels == 1 else "stereo"
    return source["a:0"].filter("aformat", channel_layouts=layout)


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
