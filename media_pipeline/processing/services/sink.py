"""Where the passes put their segments: the attempt's own folder in the storage."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from media_pipeline.steps.packager import FIRST_SEGMENTS
from media_pipeline.steps.recipes import RECIPES
from media_pipeline.storage import get_storage

AT_ONCE = 6  # segments on their way to an object storage; each is about 0.2 MB
WAITING_MOST = 24


class AttemptSink:
    """Stores what a pass makes below `prefix`; use it as a context.

    Calls `on_playable` once, when each rendition of the main pass has enough to start with. To an
    object storage several segments travel at once, since each put takes a round trip and FFmpeg
    waits meanwhile; a playlist follows when every segment it lists has arrived.
    """

    def __init__(self, prefix: str, on_playable: Callable[[], None] = lambda: None) -> None:
        self.prefix, self.on_playable = prefix, on_playable
        self._storage = get_storage()
        self._waiting = {recipe.name for recipe in RECIPES}
        self._moving: deque[Future[None]] = deque()
        is_near = self._storage.local_path(prefix) is not None
        self._pool = None if is_near else ThreadPoolExecutor(AT_ONCE, "segments")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def put(self, name: str, data: bytes, content_type: str) -> None:
        """Store one file of the attempt, whole; listed are only files that are there."""
        if self._pool is None or name.endswith(".m3u8"):
            self._settle(0)
            self._write(name, data, content_type)
        else:
            self._settle(WAITING_MOST)
            self._moving.append(self._pool.submit(self._write, name, data, content_type))

    def published(self, rendition: str, segments: int, seconds: float, ended: bool) -> None:
        """Hear that so much of a rendition is stored and listed."""
        if rendition in self._waiting and (ended or segments >= FIRST_SEGMENTS):
            self._waiting.remove(rendition)
            if not self._waiting:
                self.on_playable()

    def _settle(self, most: int) -> None:
        """Wait until at most so many files are on their way; raises what went wrong with one."""
        while len(self._moving) > most:
            self._moving.popleft().result()

    def _write(self, name: str, data: bytes, content_type: str) -> None:
        self._storage.write(f"{self.prefix}/{name}", data, content_type=content_type)
