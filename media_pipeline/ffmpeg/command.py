"""The shape of every FFmpeg command line: forced demuxer, whitelists, no files by name."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ffmpeg as graph

from media_pipeline.ffmpeg.binary import binary
from media_pipeline.ffmpeg.process import Callback, Limits, RunResult, ShouldStop, run_limited

SOURCE_FD = 3  # the source comes first among the descriptors; pipes and files follow from 4
DECODERS = (
    "aac aac_fixed ac3 adpcm_ima_qt adpcm_ima_wav adpcm_ms alac als eac3 flac gsm gsm_ms libopus "
    "libvorbis mp1float mp1 mp2float mp2 mp3float mp3 opus pcm_alaw pcm_f16le pcm_f24le pcm_f32be "
    "pcm_f32le pcm_f64be pcm_f64le pcm_mulaw pcm_s16be pcm_s16le pcm_s24be pcm_s24le pcm_s32be "
    "pcm_s32le pcm_s64be pcm_s64le pcm_s8 pcm_u16be pcm_u16le pcm_u24be pcm_u24le pcm_u32be "
    "pcm_u32le pcm_u8 speex vorbis"
).replace(" ", ",")
"""What may decode a piece: sound only. A film's video decoder never sees a byte."""

GUARDS = {
    "protocol_whitelist": "fd",
    "codec_whitelist": DECODERS,
    "fd": SOURCE_FD,
}


def source(
    demuxer: str,
    decoders: str = DECODERS,
    decoder: str = "",
    window: tuple[float, float] | None = None,
) -> Any:
    """The input node of an ffmpeg-python graph: descriptor 3, read by this demuxer only.

    `decoder` decodes its sound, whatever FFmpeg itself would choose. Of a `window` (where it
    begins, how long it is, in seconds) nothing else is read.
    """
    guards = GUARDS | {"codec_whitelist": decoders}
    chosen: dict[str, Any] = {"acodec": decoder} if decoder else {}
    if window:
        chosen |= {"ss": f"{window[0]:.3f}", "t": f"{window[1]:.3f}"}
    return graph.input("fd:", format=demuxer, format_whitelist=demuxer, **guards, **chosen)


def run(
    output: Any,
    *,
    file: Path,
    limits: Limits,
    pipes: Mapping[str, Callback] | None = None,
    files: Mapping[str, Path] | None = None,
    should_stop: ShouldStop | None = None,
) -> RunResult:
    """Run a composed ffmpeg-python graph whose input is ``source(demuxer)``, reading `file`.

    The pipes get the descriptors 4, 5, 6 … in their order, the files (written, seekable) those
    after them. Raises ProcessFailed or Stopped, see ``run_limited``.
    """
    arguments = graph.get_args(output)
    _check(arguments)
    argv = [str(binary()), "-nostdin", "-hide_banner", "-nostats", "-v", "info", *arguments]
    return run_limited(
        argv,
        source=file,
        pipes=pipes,
        files=files,
        limits=limits,
        should_stop=should_stop,
    )


def _check(arguments: list[str]) -> None:
    """A command line without its guards is a bug of ours: refuse to run it."""
    first_input = arguments[: arguments.index("-i")]
    missing = {"-f", "-format_whitelist", "-protocol_whitelist", "-codec_whitelist"} - {
        *first_input
    }
    if missing or arguments.count("-i") != 1 or arguments[arguments.index("-i") + 1] != "fd:":
        raise ValueError("an FFmpeg input must be made by source(demuxer)")
