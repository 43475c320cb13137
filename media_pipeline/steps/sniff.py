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
MAY_FOLLOW_A_TAG = {"mp3", "flac", "aac"}


def sniff(path: Path) -> str:
    """One of ``wav w64 aiff flac mp3 ogg mov aac caf``, or Refused (empty-file, not-audio)."""
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
    return "mov" if head[4:8] in MOV_FIRST_BOXES else None


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
