"""The second, patient pass: what few people wait for. MP3 to keep, FLAC and ALAC to stream."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ffmpeg as graph

from media_pipeline import ffmpeg
from media_pipeline.steps import errors
from media_pipeline.steps.packager import Packager, RenditionStats, SegmentSink
from media_pipeline.steps.playlist import CONTENT_TYPE, Level, master_playlist
from media_pipeline.steps.probe import Probe
from media_pipeline.steps.recipes import LOSSLESS, Spans, common_rate, fragmented, heard

MP3 = "mp3_320"
MP3_BITRATE = 320_000
MP3_MAX_BYTES = 2 << 30
HIGHEST_RATE = 192_000
TARGET_S = 7  # ALAC frames of 4,096 samples do not fit 2 s as closely at low rates
WALL_S = 1800.0
FLAC_PIPE, ALAC_PIPE, MP3_FD = "pipe:4", "pipe:5", 6


def make_extras(
    source: Path,
    demuxer: str,
    probe: Probe,
    sink: SegmentSink,
    mp3: Path,
    *,
    on_progress: Callable[[float], object] = lambda seconds: None,
    should_stop: Callable[[], bool] | None = None,
    muted: Spans = (),
) -> dict[str, RenditionStats]:
    """Stream ``flac`` and ``alac`` with their master playlist into `sink`; write the file `mp3`.

    The lossless ones keep rate (up to 192 kHz) and depth (up to 24 bit). Returns what was made,
    ``mp3_320`` included. Raises Refused (damaged), ffmpeg.ProcessFailed, or ffmpeg.Stopped.
    """
    packagers = {r.name: Packager(r.name, r.codecs, sink, TARGET_S) for r in LOSSLESS}

    def packaging(packager: Packager) -> Callable[[bytes], object]:
        def feed(data: bytes) -> None:
            before = packager.seconds
            packager.feed(data)
            if packager.seconds > before:
                on_progress(min(p.seconds for p in packagers.values()))

        return feed

    try:
        ffmpeg.run(
            compose(demuxer, probe, muted=muted),
            file=source,
            pipes={name: packaging(packager) for name, packager in packagers.items()},
            files={MP3: mp3},
            limits=ffmpeg.Limits(
                wall_s=max(WALL_S, 4 * (probe.duration_s or 0)), file_size=MP3_MAX_BYTES
            ),
            should_stop=should_stop,
        )
    except ffmpeg.ProcessFailed as failure:
        if failure.reason == "exit" and _silent(packagers):
            raise errors.damaged() from failure
        raise
    if _silent(packagers):
        raise errors.damaged()
    stats = {name: packager.close() for name, packager in packagers.items()}
    levels = [
        Level(r.name, r.codecs, stats[r.name].peak_bitrate, stats[r.name].average_bitrate)
        for r in LOSSLESS
    ]
    sink.put("master.m3u8", master_playlist(levels).encode(), CONTENT_TYPE)
    size, seconds = mp3.stat().st_size, stats["flac"].duration
    stats[MP3] = RenditionStats("mp3", MP3_BITRATE, MP3_BITRATE, size, 0, seconds)
    return stats


def _silent(packagers: dict[str, Packager]) -> bool:
    return all(packager.is_empty for packager in packagers.values())


def compose(demuxer: str, probe: Probe, *, muted: Spans = ()) -> Any:
    """The ffmpeg-python graph: two pipes, and one file that can be sought for its Xing header."""
    channels = min(probe.channels, 2)
    rate = probe.sample_rate
    while rate > HIGHEST_RATE:
        rate //= 2
    # Whoever waits for this has time: what may hold no numbers is always cleaned.
    clean = probe.codec.startswith("pcm_f")
    branches = heard(demuxer, probe, clean=clean, muted=muted).filter_multi_output("asplit")
    exact = branches[0].filter("aformat", sample_fmts=_depth(probe), sample_rates=rate)
    lossless = exact.filter_multi_output("asplit")
    flac, alac = LOSSLESS
    mp3 = graph.output(
        branches[1].filter("aresample", common_rate(probe.sample_rate)),
        "fd:",
        fd=MP3_FD,
        format="mp3",
        acodec="libmp3lame",
        audio_bitrate=MP3_BITRATE,
        map_metadata=-1,
        map_chapters=-1,
        fflags="+bitexact",
    )
    return graph.merge_outputs(
        fragmented(lossless[0], FLAC_PIPE, flac, channels),
        fragmented(lossless[1], ALAC_PIPE, alac, channels),
        mp3,
    )


def _depth(probe: Probe) -> str:
    """16 bits where that is all there is (or was ever meant); both encoders make 24 of s32."""
    return "s16" if (probe.bit_depth or 16) <= 16 else "s32"
