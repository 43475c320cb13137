"""What the server answers where it goes right, or says something wrong in the right way."""

import base64
import hashlib
import io
import struct
import wave
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from typing import Any

import numpy as np

FILE_MOST = 25 * 1024 * 1024
DIMENSIONS = 1536


@dataclass(frozen=True)
class Request:
    """What somebody sent: JSON, or the fields and the file of a form."""

    method: str
    path: str
    headers: Message
    body: bytes
    json: Any = None
    fields: tuple[tuple[str, str], ...] = ()
    file: bytes = b""
    file_name: str = ""

    def field(self, name: str) -> list[str]:
        """Return all that a form says under this name."""
        return [value for key, value in self.fields if key == name]


def error(sentence: str) -> dict[str, Any]:
    """Return what is wrong, as OpenAI says it."""
    return {"error": {"message": sentence, "type": "of_the_tests", "param": None, "code": None}}


def answer(request: Request, way: str, writes: str) -> tuple[int, Any]:
    """Return the status and the JSON of an answer."""
    tasks: dict[str, Callable[[Request, str], tuple[int, Any]]] = {
        "/v1/embeddings": _embeddings,
        "/v1/audio/transcriptions": _transcription,
        "/v1/chat/completions": lambda sent, way: _completion(sent, way, writes),
        "/v1/models": lambda *_words: (200, {"object": "list", "data": []}),
    }
    task = tasks.get(request.path)
    return task(request, way) if task else (404, error("No such path"))


def vector_of(text: str, dimensions: int = DIMENSIONS) -> Any:
    """Return the vector that this server makes of a text: three steps into each of its words."""
    found = np.zeros(dimensions, np.float32)
    for word in text.casefold().split():
        for place in hashlib.sha256(word.encode()).digest()[:3]:
            found[place % dimensions] += 3.0
    return found


def _embeddings(request: Request, way: str) -> tuple[int, Any]:
    sent = request.json
    texts = [sent["input"]] if isinstance(sent["input"], str) else sent["input"]
    dimensions = sent.get("dimensions", DIMENSIONS)
    if not texts or len(texts) > 2048 or not all(texts) or not sent.get("model"):
        return 400, error("Invalid input")
    rows = [vector_of(text, dimensions) for text in texts]
    if way == "short":
        rows = [row[:-1] for row in rows]
    if way in {"nan", "zero"}:
        rows[-1][:] = float("nan") if way == "nan" else 0
    as_base64 = sent.get("encoding_format", "float") == "base64" and way != "lists"
    data = [
        {"object": "embedding", "index": place, "embedding": _encoded(row, as_base64)}
        for place, row in enumerate(rows)
    ][::-1]  # in no order
    if way == "fewer":
        data = data[1:]
    if way == "doubled":
        data = [*data[1:], data[-1]]
    if way == "odd":
        data = [row | {"embedding": [None] * dimensions} for row in data]
    usage = {"prompt_tokens": 7, "total_tokens": 7}
    return 200, {"object": "list", "data": data, "model": sent["model"], "usage": usage}


def _encoded(row: Any, as_base64: bool) -> Any:
    if not as_base64:
        return [float(one) for one in row]
    return base64.b64encode(struct.pack(f"<{len(row)}f", *row)).decode()


def _transcription(request: Request, way: str) -> tuple[int, Any]:
    if len(request.file) > FILE_MOST:
        return 413, error("Maximum content size limit (26214400) exceeded")
    if request.field("response_format") != ["verbose_json"] or not request.field("model"):
        return 400, error("Only verbose_json here")
    seconds, times = bursts(request.file)
    text = ", ".join(["Beep"] * len(times))
    found: dict[str, Any] = {
        "task": "transcribe",
        "language": "english",
        "duration": seconds,
        "text": text,
    }
    if way == "no-times":
        return 200, found | {"text": "Beep"}
    if "segment" in request.field("timestamp_granularities[]"):
        found["segments"] = _segments(seconds, times, text)
    if "word" in request.field("timestamp_granularities[]") and way != "no-words":
        found["words"] = [{"word": "Beep", "start": a, "end": b} for a, b in times]
    if way == "odd":
        found["words"] = [{"word": 7, "start": "soon", "end": None}]
    if way == "strange-times":
        found["words"] = [
            {"word": "late", "start": 1e9, "end": -5.0},
            {"word": "early", "start": -7.5, "end": 0.25},
        ]
        found["segments"] = []
    return 200, found


def _segments(seconds: float, times: list[tuple[float, float]], text: str) -> list[dict[str, Any]]:
    if not times:
        return []
    figures = {"seek": 0, "temperature": 0.0, "tokens": [1], "compression_ratio": 1.1}
    heard = {"avg_logprob": -0.25, "no_speech_prob": 0.01}
    return [{"id": 0, "start": 0.0, "end": seconds, "text": f" {text}", **figures, **heard}]


def bursts(sound: bytes) -> tuple[float, list[tuple[float, float]]]:
    """Return how long a WAV is, and from when to when it is loud."""
    with wave.open(io.BytesIO(sound)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    frames = np.abs(samples[: len(samples) // 160 * 160].reshape(-1, 160)).max(axis=1) > 3000
    edges = np.flatnonzero(np.diff(np.concatenate([[0], frames.astype(int), [0]])))
    pairs = edges.reshape(-1, 2) / 100
    return len(samples) / 16_000, [(float(a), float(b)) for a, b in pairs]


def _completion(request: Request, way: str, writes: str) -> tuple[int, Any]:
    sent = request.json
    if not sent.get("model") or not sent.get("messages"):
        return 400, error("Invalid request")
    text = "I would rather not." if way == "no-json" else writes
    message = {"role": "assistant", "content": text, "refusal": None}
    end = "length" if way == "cut" else "stop"
    choice = {"index": 0, "message": message, "finish_reason": end, "logprobs": None}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    words = {"id": "c", "object": "chat.completion", "created": 1, "model": sent["model"]}
    return 200, words | {"choices": [choice] if way != "odd" else [], "usage": usage}
