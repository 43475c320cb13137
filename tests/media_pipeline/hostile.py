"""What the tests of hostile files share: a canary, a refusal, and a header made by hand."""

import ctypes
import os
import socket
import struct
from pathlib import Path

import pytest

from media_pipeline.steps.errors import Refused
from tests.media_pipeline.audio import Shelf, make, process, tone

IN_OPEN, IN_NONBLOCK = 0x20, 0x800


class Canary:
    """A tempting file and a tempting port that remember whether anybody came."""

    def __init__(self, folder: Path) -> None:
        self.file = make(*tone(5), to=folder / "secret.wav")
        self._watch = ctypes.CDLL(None).inotify_init1(IN_NONBLOCK)
        assert ctypes.CDLL(None).inotify_add_watch(self._watch, bytes(self.file), IN_OPEN) >= 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.setblocking(False)
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}/secret.wav"

    def touched(self) -> bool:
        for approach in (lambda: os.read(self._watch, 4096), self._server.accept):
            try:
                approach()
            except BlockingIOError:
                continue
            return True
        return False

    def close(self) -> None:
        os.close(self._watch)
        self._server.close()


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        process(path, Shelf())
    assert refused.value.sentence.endswith(".")
    return refused.value.code


def wav(
    payload: bytes, *, rate=44100, channels=1, bits=16, tag=1, claim: int | None = None
) -> bytes:
    block = channels * bits // 8
    head = struct.pack(
        "<4sI4s4sIHHIIHH",
        b"RIFF",
        0xFFFFFFFF,
        b"WAVE",
        b"fmt ",
        16,
        tag,
        channels,
        rate,
        rate * block & 0xFFFFFFFF,
        block & 0xFFFF,
        bits,
    )
    return head + struct.pack("<4sI", b"data", len(payload) if claim is None else claim) + payload
