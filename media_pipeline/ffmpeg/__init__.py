"""Running FFmpeg on bytes from strangers: one way in, chained and watched.

A stranger's file reaches a media process only as an open descriptor (``fd:``), so the protocol
whitelist need not contain ``file`` at all and a file that names another file gets nothing.
"""

from media_pipeline.ffmpeg.binary import FFmpegMissing, binary, version
from media_pipeline.ffmpeg.command import SOURCE_FD, run, source
from media_pipeline.ffmpeg.process import Limits, ProcessFailed, RunResult, Stopped, run_limited

__all__ = [
    "SOURCE_FD",
    "FFmpegMissing",
    "Limits",
    "ProcessFailed",
    "RunResult",
    "Stopped",
    "binary",
    "run",
    "run_limited",
    "source",
    "version",
]
