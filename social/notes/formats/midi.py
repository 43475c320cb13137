"""Markers in a Standard MIDI File 1.0: format 0, 120 beats a minute, 960 ticks a beat.

At that tempo a tick lasts 0.52 ms, so each marker stands within 0.26 ms of its note.
"""

import struct
from collections.abc import Iterable

from social.notes.formats.rows import Mark

TICKS_PER_BEAT, BEAT_MS = 960, 500
TRACK_NAME, MARKER, END, TEMPO, METER = 0x03, 0x06, 0x2F, 0x51, 0x58
FOUR_FOUR = bytes([4, 2, 24, 8])  # 4 / 2², 24 MIDI clocks a click, 8 demisemiquavers a beat
LATEST_TICK = 0x0FFFFFFF  # four bytes of seven bits


def write(marks: Iterable[Mark], *, title: str) -> bytes:
    """Return the file; a passage has a marker at its start and one at its end. Words are UTF-8."""
    events: list[tuple[int, str]] = []
    for mark in marks:
        events.append((_tick(mark.at_ms), mark.words))
        if mark.until_ms is not None:
            events.append((_tick(mark.until_ms), f"End of: {mark.words}"))
    track = _meta(0, TRACK_NAME, title.encode())
    track += _meta(0, TEMPO, (BEAT_MS * 1000).to_bytes(3)) + _meta(0, METER, FOUR_FOUR)
    now = 0
    for tick, words in sorted(events):
        track += _meta(tick - now, MARKER, words.encode())
        now = tick
    track += _meta(0, END, b"")
    head = struct.pack(">4sIHHH", b"MThd", 6, 0, 1, TICKS_PER_BEAT)
    return head + struct.pack(">4sI", b"MTrk", len(track)) + track


def _tick(ms: int) -> int:
    return min(round(ms * TICKS_PER_BEAT / BEAT_MS), LATEST_TICK)


def _meta(delta: int, kind: int, data: bytes) -> bytes:
    return _length(delta) + bytes([0xFF, kind]) + _length(len(data)) + data


def _length(value: int) -> bytes:
    """Write a variable-length quantity: seven bits a byte, the highest bit on all but the last."""
    out = bytearray([value & 0x7F])
    while value := value >> 7:
        out.insert(0, value & 0x7F | 0x80)
    return bytes(out)
