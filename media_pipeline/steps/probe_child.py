"""Read a file's headers with PyAV and print what they claim, as JSON on descriptor 4.

A program of its own, run by path under limits (``probe.py``): libavformat parses a stranger's
bytes here, in a process that may die of them. Arguments: demuxer, decoders. Descriptor 3: the file.
"""

import json
import os
import re
import sys
from typing import Any

import av

RESULT_FD = 4
ATTACHED_PICTURE = 0x400
MAX_TAGS, MAX_TEXT = 64, 1000
NOT_ABOUT_MUSIC = {"major_brand", "minor_version", "compatible_brands", "handler_name", "vendor_id"}


def main() -> None:
    demuxer, decoders = sys.argv[1:3]
    options = {
        "fd": "3",
        "format_whitelist": demuxer,
        "protocol_whitelist": "fd",
        "codec_whitelist": decoders,
    }
    with av.open("fd:", format=demuxer, options=options, metadata_errors="replace") as container:
        os.write(RESULT_FD, json.dumps(_facts(container)).encode())


def _facts(container: Any) -> dict[str, Any]:
    sounds = [stream for stream in container.streams.audio if stream.codec_context is not None]
    if not sounds:
        return {"audio": None}
    stream = sounds[0]
    codec = stream.codec_context
    if stream.duration:
        duration: float | None = float(stream.duration * stream.time_base)
    else:
        duration = container.duration / av.time_base if container.duration else None
    return {
        "audio": {
            "duration_s": duration,
            "sample_rate": codec.sample_rate,
            "channels": codec.layout.nb_channels,
            "codec": codec.name.removesuffix("float"),
            "bit_depth": _bit_depth(codec),
            "bitrate": codec.bit_rate or container.bit_rate or 0,
        },
        "has_picture": any(s.disposition & ATTACHED_PICTURE for s in container.streams.video),
        "tags": _tags({**container.metadata, **stream.metadata}),
    }


def _bit_depth(codec: Any) -> int | None:
    """Bits per sample of a lossless stream, None for a lossy one. PyAV itself does not say."""
    setup = codec.extradata or b""
    if codec.name == "flac" and len(setup) >= 34:  # STREAMINFO, RFC 9639 section 8.2
        return ((setup[12] & 1) << 4 | setup[13] >> 4) + 1
    if codec.name == "alac" and len(setup) >= 36:  # ALACSpecificConfig behind a box header
        return int(setup[17])
    match = re.fullmatch(r"pcm_[suf](\d+).*", codec.name)
    return int(match[1]) if match else None


def _tags(found: dict[str, str]) -> dict[str, str]:
    clean = {
        name.lower()[:MAX_TEXT].replace("\0", ""): str(value)[:MAX_TEXT].replace("\0", "").strip()
        for name, value in list(found.items())[:MAX_TAGS]
    }
    return {name: value for name, value in clean.items() if value and name not in NOT_ABOUT_MUSIC}


if __name__ == "__main__":
    main()
