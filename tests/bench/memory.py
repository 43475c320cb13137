"""Watching how much memory the workers and FFmpeg take."""

import threading
from types import TracebackType

import psutil

MIB = 1024 * 1024


def web_mib(pid: int) -> list[float]:
    """Return the resident memory of each web process below one process."""
    below = psutil.Process(pid).children(recursive=True)
    serving = [one for one in below if "serve" in one.cmdline()[:4]]
    return [one.memory_info().rss / MIB for one in serving]


class MemoryWatch:
    """Samples, ten times a second, the resident memory below one process.

    After the block: `worker_mib`, `ffmpeg_mib` are peaks of each, `together_mib` the peak of the
    fast worker and its media processes at one moment. Shared pages count in each process.
    """

    def __init__(self, pid: int) -> None:
        self._top = psutil.Process(pid)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.worker_mib = self.ffmpeg_mib = self.together_mib = 0.0

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.1):
            worker, media = self._sample()
            self.worker_mib = max(self.worker_mib, worker)
            self.ffmpeg_mib = max(self.ffmpeg_mib, media)
            self.together_mib = max(self.together_mib, worker + media)

    def _sample(self) -> tuple[float, float]:
        busiest = (0.0, 0.0)
        for process in self._top.children(recursive=True):
            try:
                words = process.cmdline()
                if words[-2:] == ["worker", "fast"]:
                    worker = process.memory_info().rss / MIB
                    below = process.children(recursive=True)
                    media = sum(child.memory_info().rss for child in below) / MIB
                    busiest = max(busiest, (worker, media), key=sum)
            except psutil.Error:
                continue  # it ended while we looked
        return busiest
