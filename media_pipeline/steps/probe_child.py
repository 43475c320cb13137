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
from charset_normalizer import from_bytes

RESULT_FD = 4
ATTACHED_PICTURE = 0x400
MAX_TAGS, MAX_TEXT = 64, 1000
ENCODINGS = ["utf_8", "cp1251", "cp932"]
NOT_ABOUT_MUSIC = {"major_brand", "minor_version", "compatible_brands", "handler_name", "vendor_id"}


def main() -> None:
    demuxer, decoders = sys.argv[1:3]
    options = {
        "fd": "3",
        "format_whitelist": demuxer,
        "protocol_whitelist": "fd",
        "codec_whitelist": decoders,
    }
    # What is no UTF-8 stays what it is, to be guessed.
    errors = "surrogateescape"
    with av.open("fd:", format=demuxer, options=options, metadata_errors=errors) as container:
        os.write(RESULT_FD, json.dumps(_facts(container)).encode())


def _facts(container: Any) -> dict[str, Any]:
    if not container.streams.audio:
        return {"audio": None}
    sounds = [stream for stream in container.streams.audio if stream.codec_context is not None]
    if not sounds:
        return {"audio": {"codec": "", "codec_name": ""}}
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
            "codec_name": codec.codec.long_name,
            "layout": codec.layout.name,
            "speakers": [channel.name for channel in codec.layout.channels],
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
    texts = {name: str(value)[:MAX_TEXT] for name, value in list(found.items())[:MAX_TAGS]}
    clean = {
        _plain(name.lower())[:MAX_TEXT]: _plain(value) for name, value in _guessed(texts).items()
    }
    return {name: value for name, value in clean.items() if value and name not in NOT_ABOUT_MUSIC}


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "").strip()


def _guessed(texts: dict[str, str]) -> dict[str, str]:
    """The texts in the encoding they were most likely written in.

    Tags of old say that they are Latin-1, or nothing, and are in whatever the writer's system had:
    Windows-1251 in Russia, Shift-JIS in Japan. They are guessed together, as one writer's.
    """
    raw = {name: data for name, text in texts.items() if (data := _suspect(text))}
    if not raw:
        return texts
    found = from_bytes(b"\n".join(raw.values()), cp_isolation=ENCODINGS, threshold=0.5).best()
    encoding = found.encoding if found else "latin-1"
    return texts | {name: data.decode(encoding, "replace") for name, data in raw.items()}


def _suspect(text: str) -> bytes | None:
    """The bytes of a text that was hardly meant as it reads; None for all others."""
    try:
        data = text.encode("utf-8", "surrogateescape")
        data.decode()
    except UnicodeDecodeError:
        return data
    except UnicodeEncodeError:
        return None
    try:
        data = text.encode("latin-1")
    except UnicodeEncodeError:
        return None
    letters = [letter for letter in text if letter > "@"]
    high = sum(letter >= "\x80" for letter in letters)
    controls = any("\x80" <= letter < "\xa0" for letter in text)
    # Of a language that is written in Latin letters, most have no accents.
    return data if controls or (high > 2 and high > len(letters) / 2) else None


if __name__ == "__main__":
    main()
