"""Where the passes put their segments: the attempt's own folder in the storage."""

from collections.abc import Callable
from dataclasses import dataclass

from media_pipeline.steps.packager import FIRST_SEGMENTS
from media_pipeline.steps.recipes import RECIPES
from media_pipeline.storage import get_storage


@dataclass
class AttemptSink:
    """Stores what a pass makes below `prefix`.

    Calls `on_playable` once, when each rendition of the main pass has enough to start with.
    """

    prefix: str
    on_playable: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self._storage = get_storage()
        self._waiting = {recipe.name for recipe in RECIPES}

    def put(self, name: str, data: bytes, content_type: str) -> None:
        """Store one file of the attempt, whole."""
        self._storage.write(f"{self.prefix}/{name}", data, content_type=content_type)

    def published(self, rendition: str, segments: int, seconds: float, ended: bool) -> None:
        """Hear that so much of a rendition is stored and listed."""
        if rendition in self._waiting and (ended or segments >= FIRST_SEGMENTS):
            self._waiting.remove(rendition)
            if not self._waiting:
                self.on_playable()
