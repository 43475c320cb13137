"""Hear words in a piece of sound, in a process that nothing else depends on.

A program of its own, run by path under limits (``local.py``): what it loads is large, and gone with
it. Descriptor 3: a mono WAV of 16 kHz, 16 bits. 4: one JSON object per line: `{"model": …}`,
then segments as they are heard, `{"at": seconds}` for how far it is, `{"done": …}` at the end.
Arguments: the model's folder, the language or "", "sung" or "spoken".
"""

import json
import os
import sys
import wave
from collections.abc import Iterator
from typing import Any

os.environ |= {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HOME": "/nonexistent",
    "OMP_NUM_THREADS": "1",
}

import numpy as np
from faster_whisper import WhisperModel

SOUND_FD, HEARD_FD = 3, 4
RATE = 16_000
STRETCH_S = 120  # what lies in memory at once
LOOK_BACK_S = 30  # of its end: there the softest moment ends it
BLOCK_S = 0.1


def main() -> None:
    folder, language, manner = sys.argv[1:4]
    model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1, num_workers=1)
    many = bool(model.model.is_multilingual)
    with os.fdopen(HEARD_FD, "w", buffering=1) as pipe, os.fdopen(SOUND_FD, "rb") as file:
        pipe.write(json.dumps({"model": "heard", "many": many}) + "\n")
        found = language if many else "en"
        for at_s, sound in _stretches(file):
            segments, facts = model.transcribe(
                sound,
                language=found or None,
                beam_size=5,
                word_timestamps=True,
                condition_on_previous_text=False,  # a loop would feed itself
                vad_filter=manner == "spoken",
                temperature=[0.0, 0.4],  # once more where it went in circles
                max_new_tokens=200,  # of half a minute: more is no speech
            )
            found = found or facts.language  # as the first stretch has it
            for segment in segments:
                pipe.write(json.dumps(_told(segment, at_s)) + "\n")
                pipe.write(json.dumps({"at": at_s + float(segment.end)}) + "\n")
            pipe.write(json.dumps({"at": at_s + len(sound) / RATE}) + "\n")
        pipe.write(json.dumps({"done": True, "language": found}) + "\n")


def _told(segment: Any, at_s: float) -> dict[str, Any]:
    """Return a segment as JSON has it: the library's numbers are numpy's."""
    words = [
        [at_s + float(word.start), at_s + float(word.end), word.word, float(word.probability)]
        for word in segment.words or []
    ]
    return {
        "begin": at_s + float(segment.start),
        "end": at_s + float(segment.end),
        "words": words,
        "logprob": float(segment.avg_logprob),
        "no_speech": float(segment.no_speech_prob),
    }


def _stretches(file: Any) -> Iterator[tuple[float, Any]]:
    """Yield stretches of the sound as floats, and the second at which each begins."""
    with wave.open(file) as sound:
        if (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) != (RATE, 1, 2):
            raise ValueError("not a mono WAV of 16 kHz, 16 bits")
        at, rest = 0, np.zeros(0, np.int16)
        while True:
            wanted = STRETCH_S * RATE - len(rest)
            block = np.frombuffer(sound.readframes(wanted), np.int16)
            whole = np.concatenate([rest, block])
            if not len(whole):
                return
            end = len(whole) if len(block) < wanted else _softest(whole)
            yield at / RATE, whole[:end].astype(np.float32) / 32768
            at, rest = at + end, whole[end:]


def _softest(sound: Any) -> int:
    """Return the sample in the last half minute at which it is softest."""
    block = round(BLOCK_S * RATE)
    begin = len(sound) - LOOK_BACK_S * RATE
    tail = sound[begin:].astype(np.float64)
    rows = tail[: len(tail) // block * block].reshape(-1, block)
    return begin + int(np.argmin(np.sqrt(np.mean(rows**2, axis=1)))) * block + block // 2


if __name__ == "__main__":
    main()
