"""Words heard by a server that speaks OpenAI's wire."""

import math
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from assistant.models import ModelRun
from assistant.providers.openai import cutting, heard, wire
from assistant.providers.registry import Heard, Segment
from assistant.providers.services import check_budget, check_consent
from config.lib.multipart import form

MODEL = "whisper-1"
BYTES_MOST = 8 << 20
SECONDS = 300.0
TASK = ModelRun.Task.TRANSCRIPT


class OpenAISpeech(wire.OnWire):
    """Hears a recording in pieces, cut where it is quiet."""

    @property
    def model(self) -> str:
        """What it is called there."""
        return settings.NEXUS_SPEECH_MODEL or MODEL

    def hear(self, sound: Path, *, language: str = "", sung: bool = False) -> Heard:
        """Return the words in a mono WAV of 16 kHz. Raises Unavailable, Useless."""
        check_consent(self, self.tracks or ())
        pieces = cutting.pieces(sound)
        check_budget(TASK, sum(_seconds(piece) for piece in pieces))  # not after half of it
        segments: list[Segment] = []
        for piece in pieces:
            found = self._hear(cutting.wav(sound, piece), piece, language)
            language = language or found.language
            segments += found.segments
        return Heard(segments, language)

    def _hear(self, data: bytes, piece: cutting.Piece, language: str) -> Heard:
        fields = [
            ("model", self.model),
            ("response_format", "verbose_json"),
            ("timestamp_granularities[]", "word"),
            ("timestamp_granularities[]", "segment"),
            ("temperature", "0"),
        ]
        if language:
            fields.append(("language", language.partition("-")[0].lower()))
        sent = form(fields, file=("file", "sound.wav", "audio/wav", data))
        return wire.ask(
            self,
            TASK,
            "/audio/transcriptions",
            sent.body,
            lambda answer: moved(heard.read(answer, piece.ms), piece.begin_ms),
            units=_seconds(piece),
            tracks=self.tracks,
            seconds=SECONDS,
            bytes_most=BYTES_MOST,
            type=sent.type,
        )


def moved(found: Heard, ms: int) -> Heard:
    """Return the same, so much later: times of a piece become times of the recording."""
    segments = [
        replace(
            segment,
            begin_ms=segment.begin_ms + ms,
            end_ms=segment.end_ms + ms,
            words=[
                word._replace(begin_ms=word.begin_ms + ms, end_ms=word.end_ms + ms)
                for word in segment.words
            ],
        )
        for segment in found.segments
    ]
    return replace(found, segments=segments)


def _seconds(piece: cutting.Piece) -> int:
    return math.ceil(piece.ms / 1000)
