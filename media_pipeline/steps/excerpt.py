"""Some seconds of an original, as it came: for whoever has to judge what nothing plays any more."""

from pathlib import Path

import ffmpeg as graph

from media_pipeline import ffmpeg
from media_pipeline.steps.probe import Probe
from media_pipeline.steps.recipes import common_rate, heard

CONTENT_TYPE = "audio/mpeg"
BITRATE = 192_000
# Somebody waits for it: what takes longer has failed.
LIMITS = ffmpeg.Limits(wall_s=20, stall_s=20)


def excerpt(source: Path, demuxer: str, probe: Probe, *, at_s: float, seconds: float) -> bytes:
    """Return so many seconds from there as MP3; empty behind the end.

    Raises ffmpeg.ProcessFailed, `too-slow` after 20 seconds.
    """
    if probe.duration_s and at_s >= probe.duration_s:  # some demuxers would play the last of it
        return b""
    sound = bytearray()
    window = (at_s, seconds)
    stream = heard(demuxer, probe, clean=probe.codec.startswith("pcm_f"), window=window)
    made = graph.output(
        stream.filter("aresample", common_rate(probe.sample_rate)),
        f"pipe:{ffmpeg.SOURCE_FD + 1}",
        format="mp3",
        acodec="libmp3lame",
        audio_bitrate=BITRATE,
        write_xing=0,
        id3v2_version=0,
        map_metadata=-1,
        map_chapters=-1,
        fflags="+bitexact",
    )
    ffmpeg.run(made, file=source, pipes={"mp3": sound.extend}, limits=LIMITS)
    return bytes(sound)
