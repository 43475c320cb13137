"""HLS playlists, RFC 8216: every one is written here and nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass

VERSION = 7
CONTENT_TYPE = "application/vnd.apple.mpegurl"


@dataclass(frozen=True)
class Level:
    """One rendition in a master playlist. Rates in bits per second, `codecs` as in RFC 6381."""

    name: str
    codecs: str
    peak_rate: int
    average_rate: int


def segment_name(number: int) -> str:
    """The file name of a segment, counted from 0."""
    return f"segment_{number:03d}.m4s"


def media_playlist(durations: Sequence[float], target_s: int, *, ended: bool) -> str:
    """An EVENT playlist of segments of these durations, in seconds; complete when `ended`.

    `target_s` must hold for every segment to come: it may never change (section 6.2.1).
    """
    lines = [
        "#EXTM3U",
        f"#EXT-X-VERSION:{VERSION}",
        f"#EXT-X-TARGETDURATION:{target_s}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:EVENT",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        '#EXT-X-MAP:URI="init.mp4"',
    ]
    for number, seconds in enumerate(durations):
        lines += [f"#EXTINF:{seconds:.6f},", segment_name(number)]
    if ended:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join(lines) + "\n"


def master_playlist(levels: Sequence[Level]) -> str:
    """The master playlist; players start with the first level they can decode."""
    lines = ["#EXTM3U", f"#EXT-X-VERSION:{VERSION}", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for level in levels:
        lines += [
            f"#EXT-X-STREAM-INF:BANDWIDTH={level.peak_rate},"
            f'AVERAGE-BANDWIDTH={level.average_rate},CODECS="{level.codecs}"',
            f"{level.name}/playlist.m3u8",
        ]
    return "\n".join(lines) + "\n"
