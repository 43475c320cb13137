"""The one pass: one FFmpeg process decodes once and makes everything that listening needs."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg as graph
import numpy as np
from numpy.typing import NDArray

from media_pipeline import ffmpeg
from media_pipeline.steps import errors
from media_pipeline.steps.loudness import LoudnessCurve, parse_summary
from media_pipeline.steps.packager import (
    Packager,
    RenditionStats,
    SegmentSink,
)
from media_pipeline.steps.playlist import CONTENT_TYPE, Level, master_playlist
from media_pipeline.steps.probe import Probe
from media_pipeline.steps.recipes import RECIPES, Recipe, Spans, common_rate, fragmented, heard
from media_pipeline.steps.spectrum import SpectrumMeter
from media_pipeline.steps.waveform import Peaks, WaveformMeter, overview

MAX_HOURS = 12
WALL_S = 900.0
TOO_MANY_ERRORS = 69  # FFmpeg's exit code when most of the file would not decode


PIPES = {
    name: f"pipe:{fd}"
    for fd, name in enumerate(
        (*(recipe.name for recipe in RECIPES), "pcm", "fingerprint", "curve"), ffmpeg.SOURCE_FD + 1
    )
}

NOT_NUMBERS = "Input contains (near) NaN/+-Inf"  # floating point samples that no encoder takes
SHORTEST_S = 0.01
SAYS_DAMAGED = ("Invalid data found", "Error while decoding", "Error submitting packet to decoder")


class NotNumbers(Exception):
    """Some samples are no numbers: no encoder takes them, and silence will do instead."""


@dataclass(frozen=True)
class Encoded:
    """What the pass found out. Durations are of the decoded sound, whatever the header claimed.

    `loudness_curve`: short-term LUFS once per second. `fingerprint`: raw chromaprint as signed
    32-bit integers, empty under 3 s. `peaks`: int8 rows (min, max) per 256 samples. `overview`:
    1,000 × (min, max) flattened. `spectrum`: for ``spectrum_png``. Loudness is that of what is
    heard, so after any down-mix.
    """

    duration_ms: int
    sample_rate: int
    channels: int
    loudness_lufs: float | None
    true_peak_dbtp: float | None
    lra: float | None
    loudness_curve: list[float]
    fingerprint: list[int]
    peaks: Peaks
    overview: list[int]
    spectrum: NDArray[np.uint8]
    renditions: dict[str, RenditionStats]
    peak_rss: int


def encode(
    source: Path,
    demuxer: str,
    probe: Probe,
    sink: SegmentSink,
    *,
    on_progress: Callable[[float], object] = lambda seconds: None,
    on_fine: Callable[[Peaks], object] = lambda peaks: None,
    should_stop: Callable[[], bool] | None = None,
    clean: bool = False,
    muted: Spans = (),
) -> Encoded:
    """Make opus, opus64 and aac, the master playlist and every measurement, while `sink` fills.

    `on_progress` hears the seconds of sound that are stored in every rendition, `on_fine` the peaks
    per 32 samples. Raises Refused (damaged, too-short, too-long, cannot-read), NotNumbers (then try
    again with `clean`), ffmpeg.ProcessFailed, or ffmpeg.Stopped.
    """
    channels = min(probe.channels, 2)
    meter = WaveformMeter(channels, on_fine)
    progress = Pass(sink, channels, probe.sample_rate, on_progress, meter)
    wall_s = max(WALL_S, 2 * (probe.duration_s or 0))
    try:
        result = ffmpeg.run(
            compose(demuxer, probe, clean=clean, muted=muted),
            file=source,
            pipes=progress.pipes(),
            limits=ffmpeg.Limits(wall_s=wall_s),
            should_stop=should_stop,
        )
    except ffmpeg.ProcessFailed as failure:
        if NOT_NUMBERS in failure.stderr_tail and not clean:
            raise NotNumbers from failure
        _judge(failure, probe, progress.waveform.frames)
        raise
    encoded = progress.finish(result)
    if clean and not muted and not encoded.peaks.any():  # nothing of it was a number
        raise errors.damaged()
    return encoded


def _judge(failure: ffmpeg.ProcessFailed, probe: Probe, frames: int) -> None:
    """Raise Refused where it is the file that failed."""
    if failure.reason != "exit":
        return
    if failure.returncode == TOO_MANY_ERRORS:
        raise errors.damaged() from failure
    if frames:
        return
    if probe.duration_s is not None and probe.duration_s < SHORTEST_S:
        raise errors.too_short() from failure
    if any(words in failure.stderr_tail for words in SAYS_DAMAGED):
        raise errors.damaged() from failure
    raise errors.cannot_read(probe.codec, probe.container) from failure


def compose(demuxer: str, probe: Probe, *, clean: bool = False, muted: Spans = ()) -> Any:
    """The ffmpeg-python graph of the pass; its pipes are numbered as in PIPES."""
    channels, sample_rate = min(probe.channels, 2), probe.sample_rate
    sound = heard(demuxer, probe, clean=clean, muted=muted)
    sound = sound.filter("aformat", sample_rates=sample_rate)
    branches = sound.filter_multi_output("asplit")
    at_48k = branches[0].filter("aresample", 48000).filter_multi_output("asplit")
    samples = branches[2].filter("aformat", sample_fmts="s16").filter_multi_output("asplit")
    measured = (
        branches[3]
        .filter("ebur128", framelog="quiet", peak="true", metadata=1)
        .filter("ametadata", "print", key="lavfi.r128.S", file=PIPES["curve"])
    )
    aac = branches[1].filter("aresample", common_rate(sample_rate))
    return graph.merge_outputs(
        *(
            fragmented(stream, PIPES[recipe.name], recipe, channels)
            for recipe, stream in zip(RECIPES, (at_48k[0], at_48k[1], aac), strict=True)
        ),
        graph.output(samples[0], PIPES["pcm"], format="s16le"),
        graph.output(samples[1], PIPES["fingerprint"], format="chromaprint", fp_format="raw"),
        graph.output(measured, "-", format="null"),
    )


class Pass:
    """The receiving end of one pass: what each pipe's bytes turn into."""

    def __init__(
        self,
        sink: SegmentSink,
        channels: int,
        sample_rate: int,
        on_progress: Callable[[float], object],
        waveform: WaveformMeter,
    ) -> None:
        self.sink, self.channels, self.sample_rate = sink, channels, sample_rate
        self.on_progress = on_progress
        self.packagers = {
            recipe.name: Packager(recipe.name, recipe.codecs, sink) for recipe in RECIPES
        }
        self.waveform = waveform
        self.spectrum = SpectrumMeter(sample_rate, channels)
        self.curve = LoudnessCurve()
        self.fingerprint = bytearray()
        self._seconds = 0.0
        self._has_master = False

    def pipes(self) -> dict[str, Callable[[bytes], object]]:
        feeds: dict[str, Callable[[bytes], object]] = {
            name: self._packaging(packager) for name, packager in self.packagers.items()
        }
        meters = {"pcm": self._samples, "fingerprint": self.fingerprint.extend}
        return {**feeds, **meters, "curve": self.curve.feed}

    def finish(self, result: ffmpeg.RunResult) -> Encoded:
        peaks = self.waveform.close()
        if not self.waveform.frames:
            raise errors.damaged()
        if self.waveform.frames < SHORTEST_S * self.sample_rate:
            raise errors.too_short()
        stats = {name: packager.close() for name, packager in self.packagers.items()}
        self._put_master(
            [
                Level(recipe.name, recipe.codecs, stat.peak_bitrate, stat.average_bitrate)
                for recipe in RECIPES
                for stat in (stats[recipe.name],)
            ]
        )
        loudness = parse_summary(result.stderr_tail)
        return Encoded(
            duration_ms=round(self.waveform.frames * 1000 / self.sample_rate),
            sample_rate=self.sample_rate,
            channels=self.channels,
            loudness_lufs=loudness.integrated,
            true_peak_dbtp=loudness.true_peak,
            lra=loudness.range,
            loudness_curve=self.curve.values,
            fingerprint=np.frombuffer(self.fingerprint, "<i4").tolist(),
            peaks=peaks,
            overview=overview(peaks),
            spectrum=self.spectrum.levels(),
            renditions=stats,
            peak_rss=result.peak_rss,
        )

    def _packaging(self, packager: Packager) -> Callable[[bytes], object]:
        def feed(data: bytes) -> None:
            packager.feed(data)
            if not self._has_master and all(p.started for p in self.packagers.values()):
                self._put_master([_promised(recipe, self.channels) for recipe in RECIPES])
                self._has_master = True
            seconds = min(p.seconds for p in self.packagers.values())
            if seconds > self._seconds:
                self._seconds = seconds
                self.on_progress(seconds)

        return feed

    def _samples(self, data: bytes) -> None:
        self.spectrum.feed(self.waveform.feed(data))
        if self.waveform.frames > MAX_HOURS * 3600 * self.sample_rate:
            raise errors.too_long(MAX_HOURS)

    def _put_master(self, levels: list[Level]) -> None:
        self.sink.put("master.m3u8", master_playlist(levels).encode(), CONTENT_TYPE)


def _promised(recipe: Recipe, channels: int) -> Level:
    """What is known before the end: the bit rate asked for, with room for peaks."""
    rate = recipe.bitrate(channels)
    return Level(recipe.name, recipe.codecs, rate * 3 // 2, rate)
