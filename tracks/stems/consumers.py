"""The socket that tells how far the stems of a version are."""

import json
from typing import Any
from uuid import UUID

from tracks.processing.asset_consumer import Word
from tracks.processing.consumers import OfVersionConsumer
from tracks.stems.presenters import preparing


class StemsConsumer(OfVersionConsumer):
    """Says how many stems of a version are still being prepared."""

    def assets_of(self, version: Any) -> list[UUID]:
        """Return those of the stems that are not ready."""
        return [stem.media.asset_id for stem in preparing(version)]

    def word_on(self, version: Any) -> Word:
        """Return their number; there is nothing to follow once it is 0."""
        waiting = len(preparing(version))
        return Word(json.dumps({"preparing": waiting}), is_last=not waiting)
