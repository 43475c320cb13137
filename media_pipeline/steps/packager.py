"""From one fragmented MP4 on a pipe to HLS segments in storage, listed when they are stored."""

import time
from dataclasses import dataclass
from typing import Protocol

from media_pipeline.steps.boxes import BoxReader, fragment_span, track_clock
from media_pipeline.steps.playlist import CONTENT_TYPE, media_playlist, segment_name

FRAGMENT_S = 2
FRAGMENTS_PER_SEGMENT = 3
FIRST_SEGMENTS = 3  # these are listed at once: somebody waits for them
SLIVER_S = 0.4  # an end shorter than this joins the segment before it
LISTING_PAUSE_S = 1.0  # later ones at most so often: a playlist is written whole
AUDIO_TYPE = "audio/mp4"
MOVFLAGS = "+delay_moov+default_base_moof+skip_trailer"


class SegmentSink(Protocol):
    """Where renditions go. Called from the thread that runs the pass."""

    def put(self, name: str, data: bytes, content_type: str) -> None:
        """Store `data` under `name`, relative to the attempt; whole, when this returns."""

    def published(self, rendition: str, segments: int, seconds: float, ended: bool) -> None:
        """So many segments of this rendition, so many seconds of sound, are stored and listed."""


@dataclass(frozen=True)
class RenditionStats:
    """What came out: `codec` as in RFC 6381, rates in bits per second, duration in seconds."""

    codec: str
    average_bitrate: int
    peak_bitrate: int
    bytes: int
    segments: int
    duration: float


class Packager:
    """Cuts one rendition. Feed it what FFmpeg writes, then close it."""

    def __init__(self, rendition: str, codec: str, sink: SegmentSink, target_s: int = 6) -> None:
        self.rendition = rendition
        self.durations: list[float] = []
        self.seconds = 0.0  # of sound stored
        self.started = False
        self._codec, self._sink, self._target_s = codec, sink, target_s
        self._reader = BoxReader()
        self._header = b""
        self._timescale = self._skip = 0
        self._fragments: list[bytes] = []
        self._fragment_count = self._units = 0
        self._bytes = 0
        self._peak_rate = 0.0
        self._listed_at = 0.0

    @property
    def is_empty(self) -> bool:
        """Whether no sound has arrived yet."""
        return not (self.durations or self._fragments)

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the stream. Raises ValueError when it is no fragmented MP4."""
        for kind, box in self._reader.feed(data):
            if kind == b"moov":
                self._begin(box)
            elif not self.started:
                self._header += box
            elif kind == b"moof":
                self._make_room(fragment_span(box)[1])
                self._fragments.append(box)
            else:
                self._fragments.append(box)
                self._fragment_count += kind == b"mdat"

    def close(self) -> RenditionStats:
        """Store what is left and end the playlist."""
        if self._reader.leftover or not self.started:
            raise ValueError(f"{self.rendition} ended in the middle of a box")
        if self._fragment_count:
            self._store()
        self._list(ended=True)
        average = self._bytes * 8 / self.seconds if self.seconds else 0
        return RenditionStats(
            codec=self._codec,
            average_bitrate=round(average),
            peak_bitrate=round(max(self._peak_rate, average)),
            bytes=self._bytes,
            segments=len(self.durations),
            duration=self.seconds,
        )

    def _begin(self, moov: bytes) -> None:
        self._timescale, self._skip = track_clock(moov)
        self._put("init.mp4", self._header + moov)
        self.started = True

    def _make_room(self, units: int) -> None:
        """Store a full segment, unless the fragment that follows it is the last sliver of all."""
        if self._fragment_count >= FRAGMENTS_PER_SEGMENT and units >= SLIVER_S * self._timescale:
            self._store()
        self._units += units

    def _store(self) -> None:
        data = b"".join(self._fragments)
        seconds = max(self._units - self._skip, 0) / self._timescale
        self._put(segment_name(len(self.durations)), data)
        self.durations.append(seconds)
        self.seconds += seconds
        self._bytes += len(data)
        if seconds >= SLIVER_S:
            self._peak_rate = max(self._peak_rate, len(data) * 8 / seconds)
        self._fragments, self._fragment_count, self._units, self._skip = [], 0, 0, 0
        waited = time.monotonic() - self._listed_at
        if len(self.durations) <= FIRST_SEGMENTS or waited >= LISTING_PAUSE_S:
            self._list(ended=False)

    def _list(self, *, ended: bool) -> None:
        text = media_playlist(self.durations, self._target_s, ended=ended)
        self._sink.put(f"{self.rendition}/playlist.m3u8", text.encode(), CONTENT_TYPE)
        self._listed_at = time.monotonic()
        self._sink.published(self.rendition, len(self.durations), self.seconds, ended)

    def _put(self, name: str, data: bytes) -> None:
        self._sink.put(f"{self.rendition}/{name}", data, AUDIO_TYPE)
