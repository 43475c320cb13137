"""Which demuxer may read a file, by its first bytes alone. Name and MIME type decide nothing."""

from pathlib import Path
from typing import BinaryIO

from media_pipeline.steps import errors
from media_pipeline.steps.mpeg import frames_demuxer

WINDOW_BYTES = 64 << 10
MAX_TAG_BYTES = 64 << 20  # ID3v2 in front of the music: covers may be large, not endless
MAX_TAGS = 4
W64_GUID = bytes.fromhex("726966662e91cf11a5d628db04c10000")
MOV_FIRST_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
SIGNATURES = {b"fLaC": "flac", b"OggS": "ogg", b"caff": "caf", W64_GUID: "w64"}
EBML = b"\x1a\x45\xdf\xa3"  # RFC 8794: what Matroska (RFC 9559) and WebM begin with
DOC_TYPE, DOC_TYPES = b"\x42\x82", {b"webm", b"matroska"}
EBML_HEADER_BYTES = 256  # more than any honest one has
MAY_FOLLOW_A_TAG = {"mp3", "flac", "aac"}


def sniff(path: Path) -> str:
    """One of ``wav w64 aiff flac mp3 ogg mov aac caf matroska``, or Refused.

    The reasons to refuse: empty-file, not-audio.
    """
    with path.open("rb") as file:
        head = file.read(WINDOW_BYTES)
        if not head:
            raise errors.empty_file()
        tagged = head.startswith(b"ID3")
        if tagged:
            head = _after_tags(file, head)
    demuxer = _by_signature(head) or frames_demuxer(head)
    if demuxer is None or (tagged and demuxer not in MAY_FOLLOW_A_TAG):
        raise errors.not_audio()
    return demuxer


def _by_signature(head: bytes) -> str | None:
    for signature, demuxer in SIGNATURES.items():
        if head.startswith(signature):
            return demuxer
    if head[:4] in (b"RIFF", b"RIFX", b"RF64", b"BW64") and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if head.startswith(EBML):
        return "matroska" if _doc_type(head) in DOC_TYPES else None
    return "mov" if head[4:8] in MOV_FIRST_BOXES else None


def _doc_type(head: bytes) -> bytes | None:
    """What the EBML header says that the file is; None where it is no such header."""
    size, position = _vint(head, len(EBML))
    end = position + size
    if size > EBML_HEADER_BYTES or end > len(head):
        return None
    while position < end:
        id_bytes = _vint_length(head[position])
        name = head[position : position + id_bytes]
        size, position = _vint(head, position + id_bytes)
        if name == DOC_TYPE:
            return head[position : min(position + size, end)].rstrip(b"\0")
        position += size
    return None


def _vint(data: bytes, at: int) -> tuple[int, int]:
    """A variable-size integer (RFC 8794, section 4) and the place behind it."""
    if at >= len(data):
        return EBML_HEADER_BYTES + 1, at
    length = _vint_length(data[at])
    value = int.from_bytes(data[at : at + length], "big") & ((1 << 7 * length) - 1)
    return value, at + length


def _vint_length(first: int) -> int:
    return 9 - first.bit_length() if first else 8


def _after_tags(file: BinaryIO, head: bytes) -> bytes:
    """What follows the ID3v2 tags (lengths of four 7-bit bytes) at the beginning of the file."""
    position = 0
    for _ in range(MAX_TAGS):
        if len(head) < 10 or not head.startswith(b"ID3"):
            break
        footer = 10 if head[5] & 0x10 else 0
        position += 10 + footer + sum((head[9 - i] & 0x7F) << 7 * i for i in range(4))
        if position > MAX_TAG_BYTES:
            raise errors.not_audio()
        file.seek(position)
        head = file.read(WINDOW_BYTES)
    return head
