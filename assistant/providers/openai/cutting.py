"""Long recordings in pieces that a server takes, cut where they are quiet."""

import io
import wave
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.providers.registry import Useless

RATE = 16_000
PIECE_S, LOOKED_AT_S = 600, 60  # 19.2 MB, below the 25 MB of the wire; the end where a cut is found
LEAST_S = 1  # no piece is shorter: servers refuse a tenth of a second
FRAME_S, QUIET_S = 0.02, 0.3


class Piece(NamedTuple):
    """Samples `begin` to `end` of a recording."""

    begin: int
    end: int

    @property
    def begin_ms(self) -> int:
        """When it begins, in milliseconds."""
        return round(self.begin * 1000 / RATE)

    @property
    def ms(self) -> int:
        """How long it is, in milliseconds."""
        return round((self.end - self.begin) * 1000 / RATE)


def pieces(sound: Path, looked_at_s: float = LOOKED_AT_S) -> list[Piece]:
    """Return where to cut a mono WAV of 16 kHz and 16 bits. Raises Useless where it is none."""
    most, looked_at = round(PIECE_S * RATE), round(looked_at_s * RATE)
    found, begin = [], 0
    with _opened(sound) as file:
        whole = file.getnframes()
        while whole - begin > most:
            last = min(begin + most, whole - LEAST_S * RATE)
            first = max(begin + LEAST_S * RATE, last - looked_at)
            end = first + _quietest(_samples(file, first, last))
            found.append(Piece(begin, end))
            begin = end
    if whole > begin:
        found.append(Piece(begin, whole))
    return found


def wav(sound: Path, piece: Piece) -> bytes:
    """Return one piece as a WAV of its own."""
    out = io.BytesIO()
    with _opened(sound) as file, wave.open(out, "wb") as made:
        made.setparams((1, 2, RATE, 0, "NONE", ""))
        file.setpos(piece.begin)
        made.writeframes(file.readframes(piece.end - piece.begin))
    return out.getvalue()


def _opened(sound: Path) -> wave.Wave_read:
    try:
        file = wave.open(str(sound), "rb")  # noqa: SIM115 - closed by whoever asked
    except (wave.Error, EOFError):
        raise Useless("The sound is no WAV.") from None
    if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, 2, RATE):
        file.close()
        raise Useless("The sound is no mono WAV of 16 kHz and 16 bits.")
    return file


def _samples(file: wave.Wave_read, first: int, last: int) -> np.ndarray:
    file.setpos(first)
    return np.frombuffer(file.readframes(last - first), "<i2").astype(np.float32)


def _quietest(samples: np.ndarray) -> int:
    """Return the middle of the quietest third of a second; of equal ones the last."""
    frame = round(FRAME_S * RATE)
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    width = min(len(frames), round(QUIET_S / FRAME_S))
    if not width:
        return len(samples)
    power = np.convolve((frames**2).mean(axis=1), np.ones(width), "valid")
    at = len(power) - 1 - int(np.argmin(power[::-1]))
    return int((at + width / 2) * frame)
