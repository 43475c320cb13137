"""A bar on the terminal for what takes a while."""

import time
from typing import Any, Self, TextIO

LETTERS = 30
PAUSE_SECONDS = 0.1


class Bar:
    """One line that is drawn anew; nothing where nobody looks."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.drawn = 0.0
        self.words = ""
        self.width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: Any) -> None:
        if self.width:
            self.stream.write("\n")
            self.stream.flush()

    def show(self, words: str, done: int, total: int) -> None:
        """Draw how far it is; `done` and `total` are bytes or anything else."""
        if not self.stream.isatty():
            return
        now = time.monotonic()
        is_end = 0 < total <= done
        if words == self.words and now - self.drawn < PAUSE_SECONDS and not is_end:
            return
        self.drawn, self.words = now, words
        line = words
        if total:
            share = min(1.0, done / total)
            full = int(LETTERS * share)
            line = f"{'█' * full}{'░' * (LETTERS - full)} {100 * share:3.0f} %  {words}"
        self.stream.write("\r" + line.ljust(self.width))
        self.stream.flush()
        self.width = len(line)
