"""How soon a note is in another browser: from the request that writes it to the other's socket."""

import json
import statistics
import time
from typing import Any
from uuid import UUID

import httpx
from websockets.sync.client import ClientConnection, connect

NOTES = 15  # fewer than one person may write in a minute
PATIENCE_SECONDS = 10


def measure(base: str, track_id: UUID | str, token: str, *, notes: int = NOTES) -> dict[str, Any]:
    """Write so many notes on a public track as the person of this token, and hear of each.

    Milliseconds. `answered` is how long the writer's own request took. The notes go again.
    """
    address = f"{base}/api/v1/tracks/{track_id}/notes/"
    socket = f"{base}/ws/tracks/{track_id}/notes/".replace("http", "ws", 1)
    heard, answered = [], []
    headers = {"Authorization": f"Bearer {token}"}
    with (
        httpx.Client(headers=headers, timeout=PATIENCE_SECONDS) as writer,
        connect(socket, origin=base) as reader,  # type: ignore[arg-type]
    ):
        _hear(reader)  # what is there already
        for number in range(notes):
            body = {"at_ms": number * 100, "body": f"Take **{number}**."}
            begun = time.perf_counter()
            made = writer.post(address, json=body).raise_for_status().json()
            answered.append((time.perf_counter() - begun) * 1000)
            while _hear(reader).get("id") != made["id"]:
                pass
            heard.append((time.perf_counter() - begun) * 1000)
            writer.delete(f"{base}/api/v1/notes/{made['id']}/").raise_for_status()
            _hear(reader)
    return {
        "notes": notes,
        "median_ms": round(statistics.median(heard), 1),
        "worst_ms": round(max(heard), 1),
        "answered_median_ms": round(statistics.median(answered), 1),
    }


def _hear(reader: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(reader.recv(timeout=PATIENCE_SECONDS))
    return message
