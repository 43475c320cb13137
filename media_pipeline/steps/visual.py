"""What is seen while a piece plays: a still picture, or a short film without its sound."""

import sys
from collections.abc import Callable
from pathlib import Path

import ffmpeg as graph

from media_pipeline import ffmpeg
from media_pipeline.steps.errors import Refused

STILL_CHILD = Path(__file__).with_name("picture_child.py")
STILL_LIMITS = ffmpeg.Limits(wall_s=30, stall_s=30)
STILL_MAX_BYTES = 32 << 20
LOOP_S = 60  # a loop; who wants a whole film has another place for it
WIDTH, FPS = 1280, 30
FILM_WALL_S = 900.0
FILM_MAX_BYTES = 96 << 20
FILM_FD = 4
FILM_DECODERS = "h264,hevc,vp8,vp9,libdav1d,av1,mpeg4,prores,mjpeg"

EBML = b"\x1a\x45\xdf\xa3"


def sniff(path: Path) -> str:
    """One of ``still mov matroska`` by the first bytes, or Refused `not-visual`."""
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return "still"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "still"
    if head.startswith(EBML):
        return "matroska"
    if head[4:8] == b"ftyp":
        return "mov"
    raise _refused()


def still(source: Path) -> bytes:
    """Return the picture as a JPEG of at most 1920 × 1920 pixels, re-encoded. Refused if unfit."""
    data = bytearray()
    argv = [sys.executable, "-I", str(STILL_CHILD), "still"]
    if source.stat().st_size > STILL_MAX_BYTES:
        raise Refused("too-large", "This picture is larger than 32 MB. Save it smaller.")
    ffmpeg.run_limited(argv, source=source, pipes={"picture": data.extend}, limits=STILL_LIMITS)
    if not data:
        raise _refused()
    return bytes(data)


def film(
    source: Path,
    demuxer: str,
    to: Path,
    *,
    should_stop: Callable[[], bool] | None = None,
) -> None:
    """Write the first minute as H.264 in MP4, at most 1280 wide, without sound, to loop.

    Raises Refused `no-film`, ffmpeg.ProcessFailed, or ffmpeg.Stopped.
    """
    frames = ffmpeg.source(demuxer, FILM_DECODERS)["v:0"]
    frames = frames.filter("scale", f"min({WIDTH},iw)", -2).filter("fps", FPS)
    output = graph.output(
        frames.filter("format", "yuv420p"),
        "fd:",
        fd=FILM_FD,
        format="mp4",
        vcodec="libx264",
        preset="veryfast",
        crf=25,
        t=LOOP_S,
        map_metadata=-1,
        map_chapters=-1,
        fflags="+bitexact",
    )
    limits = ffmpeg.Limits(
        wall_s=FILM_WALL_S, stall_s=FILM_WALL_S, file_size=FILM_MAX_BYTES, nice=10
    )
    try:
        ffmpeg.run(output, file=source, files={"film": to}, limits=limits, should_stop=should_stop)
    except ffmpeg.ProcessFailed as failure:
        if failure.reason == "exit":
            raise Refused(
                "no-film", "There is no film in this file that Nexus can read. Try MP4 or WebM."
            ) from failure
        raise


def _refused() -> Refused:
    return Refused(
        "not-visual",
        "This is no picture or film that Nexus knows. Try JPEG, PNG, WebP, MP4 or WebM.",
    )
