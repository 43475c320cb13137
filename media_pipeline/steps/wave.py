"""The format chunk of a WAV or W64 file, where FFmpeg takes it for something else.

Sources: RIFF/RIFX (Microsoft and IBM, 1991), WAVEFORMATEXTENSIBLE (mmreg.h), Sony Wave64.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

WINDOW_BYTES = 64 << 10
PCM, FLOAT, EXTENSIBLE = 0x0001, 0x0003, 0xFFFE
W64_FORMAT = b"fmt " + bytes.fromhex("f3acd3118cd100c04f8edb8a")
INTEGERS, FLOATS = {1, 2, 3, 4, 8}, {4, 8}  # bytes of one sample


@dataclass(frozen=True)
class Samples:
    """How the samples lie: FFmpeg's decoder for them, and how many of their bits are meant."""

    decoder: str
    bits: int


def samples_of(path: Path, demuxer: str) -> Samples | None:
    """Return what decodes the samples; None where FFmpeg itself knows, or it is no plain PCM.

    FFmpeg reads big-endian files (RIFX) as little-endian ones, and takes integers that do not fill
    their containers (24 bits in 32) for another format.
    """
    if demuxer not in ("wav", "w64"):
        return None
    with path.open("rb") as file:
        head = file.read(WINDOW_BYTES)
    order = ">" if head.startswith(b"RIFX") else "<"
    chunk = _w64_format(head) if demuxer == "w64" else _wav_format(head, order)
    return _samples(chunk, order) if len(chunk) >= 16 else None


def _samples(chunk: bytes, order: str) -> Samples | None:
    tag, channels, _, _, block, bits = struct.unpack_from(f"{order}HHIIHH", chunk)
    meant = bits
    if tag == EXTENSIBLE and len(chunk) >= 26:
        (meant,), (tag,) = (struct.unpack_from(f"{order}H", chunk, at) for at in (18, 24))
    size = block // channels if channels else 0
    is_integer = tag == PCM and size in INTEGERS
    if not (is_integer or (tag == FLOAT and size in FLOATS)):
        return None
    is_odd = is_integer and bits == size * 8 and -(-(meant or bits) // 8) != size
    if order == "<" and not is_odd:
        return None
    end = "be" if order == ">" else "le"
    kind = "f" if not is_integer else "u" if size == 1 else "s"
    name = f"pcm_{kind}{size * 8}"
    return Samples(name if size == 1 else f"{name}{end}", meant or bits)


def _wav_format(head: bytes, order: str) -> bytes:
    at = 12
    while at + 8 <= len(head):
        name, size = struct.unpack_from(f"{order}4sI", head, at)
        if name == b"fmt ":
            return head[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    return b""


def _w64_format(head: bytes) -> bytes:
    at = 40
    while at + 24 <= len(head):
        name, size = struct.unpack_from("<16sQ", head, at)
        if name == W64_FORMAT:
            return head[at + 24 : at + size]
        at += max(24, -(-size // 8) * 8)
    return b""
