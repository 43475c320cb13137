"""Three short pieces, written as chords and patterns and rendered on the spot. CC0."""

import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tracks.demo import instruments as i
from tracks.demo.instruments import RATE, Instrument, Sound

PEAK = 0.84  # −1.5 dBFS


@dataclass
class Tape:
    """Two tracks of tape, laid at `tempo` beats per minute."""

    beats: float
    tempo: float
    left_right: Sound = field(init=False)

    def __post_init__(self) -> None:
        self.left_right = np.zeros((2, int((self.beats * 60 / self.tempo + 5) * RATE)))

    def play(
        self,
        instrument: Instrument,
        pitch: float,
        beat: float,
        length: float,
        *,
        gain: float = 1.0,
        pan: float = 0.0,
    ) -> None:
        """Lay one note: `beat` and `length` in beats, `pan` from −1 (left) to 1 (right)."""
        sound = instrument(pitch, length * 60 / self.tempo) * gain
        start = int(beat * 60 / self.tempo * RATE)
        sound = sound[: self.left_right.shape[1] - start]
        angle = (pan + 1) * np.pi / 4  # constant power
        for side, share in enumerate((np.cos(angle), np.sin(angle))):
            self.left_right[side, start : start + sound.size] += sound * share


def lantern() -> Sound:
    """Slow chords under a few bells."""
    tape = Tape(beats=64, tempo=72)
    chords = [
        (50, 57, 61, 64, 66),
        (47, 54, 57, 61, 66),
        (43, 50, 57, 59, 66),
        (45, 52, 57, 59, 64),
    ]
    tune = [78, None, 76, 73, None, 74, 73, 69, 71, None, 66, 69, None, 71, 69, 64]
    for bar in range(16):
        chord, arc = chords[bar % 4], 0.35 + 0.65 * np.sin(np.pi * (bar + 1) / 17)
        for place, pitch in enumerate(chord):
            tape.play(i.pad, pitch, bar * 4, 4, gain=0.42 * arc, pan=(place - 2) / 3)
        tape.play(i.bass, chord[0] - 12, bar * 4, 3.6, gain=0.5 * arc)
        if bar < 2 or bar == 15:
            continue
        for step in range(4):
            note = tune[(bar * 4 + step) % 16]
            if note is not None and (bar + step) % 5 != 4:
                tape.play(
                    i.bell, note, bar * 4 + step, 1.5, gain=0.9 * arc, pan=0.25 * (-1) ** step
                )
    return i.room(tape.left_right, wet=0.34, seconds=3.0)


def paper_boats() -> Sound:
    """Broken chords in six, on plucked strings."""
    tape = Tape(beats=96, tempo=168)
    chords = [
        (48, 64, 67, 72, 76),
        (45, 64, 69, 72, 76),
        (41, 65, 69, 72, 77),
        (43, 62, 67, 71, 74),
    ]
    figure = [1, 2, 3, 4, 3, 2]
    for bar in range(16):
        chord = chords[bar % 4]
        tape.play(i.bass, chord[0] - 12, bar * 6, 5, gain=0.7)
        for step, voice in enumerate(figure):
            gain = 0.9 if step in (0, 3) else 0.62
            tape.play(i.pluck, chord[voice], bar * 6 + step, 1, gain=gain, pan=0.5 * np.sin(step))
        if bar >= 4:
            tape.play(i.pluck, chord[4] + (12 if bar % 2 else 7), bar * 6 + 2, 3, gain=0.5, pan=0.4)
        if bar >= 8:
            for pitch in chord[1:4]:
                tape.play(i.pad, pitch, bar * 6, 6, gain=0.2, pan=-0.3)
            tape.play(i.hat, 0, bar * 6 + 3, 0.3, gain=0.35, pan=0.3)
    return i.room(tape.left_right, wet=0.22, seconds=1.8)


def night_tram() -> Sound:
    """Drums, bass and an electric piano, walking home late."""
    tape = Tape(beats=72, tempo=104)
    chords = [
        (45, 60, 64, 67, 71),
        (38, 57, 60, 65, 72),
        (43, 59, 62, 65, 69),
        (48, 59, 64, 67, 71),
    ]
    for bar in range(18):
        chord, beat = chords[bar % 4], bar * 4
        for place, pitch in enumerate(chord[1:]):
            tape.play(i.bell, pitch, beat + 0.02 * place, 1.8, gain=0.55, pan=(place - 1.5) / 3)
            tape.play(i.bell, pitch, beat + 2.5, 1.0, gain=0.4, pan=(place - 1.5) / 3)
        if bar < 2:
            continue
        for step, lift in ((0, 0), (1.5, 0), (2.5, 7), (3.5, 12)):
            tape.play(i.bass, chord[0] - 12 + lift, beat + step, 0.7, gain=0.7)
        if bar < 17:
            _drum_bar(tape, beat, full=bar >= 4)
    return i.room(tape.left_right, wet=0.16, seconds=1.1)


def _drum_bar(tape: Tape, beat: float, *, full: bool) -> None:
    for step in (0, 2.25) if full else (0,):
        tape.play(i.kick, 0, beat + step, 1, gain=0.75)
    for step in (1, 3):
        tape.play(i.snare, 0, beat + step, 1, gain=0.6, pan=0.1)
    for half in range(8):
        swing = 0.08 if half % 2 else 0.0  # beats
        ring = 0.4 if half == 7 else 0.0
        gain = 0.55 if half % 2 else 0.35
        tape.play(i.hat, 0, beat + half / 2 + swing, ring, gain=gain, pan=-0.35)


PIECES: dict[str, Callable[[], Sound]] = {
    "Lantern": lantern,
    "Paper Boats": paper_boats,
    "Night Tram": night_tram,
}


def render(title: str, path: Path) -> None:
    """Render one of PIECES to a 16-bit stereo WAV file at 44.1 kHz."""
    sound = PIECES[title]()
    sound = sound / np.max(np.abs(sound)) * PEAK
    fade = int(1.5 * RATE)
    sound[:, -fade:] *= np.linspace(1, 0, fade) ** 2
    samples = np.round(sound.T * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
