"""The socket that tells how far the picture or film of a track is."""

import json
from typing import Any
from uuid import UUID

from tracks.models import TrackVisual
from tracks.processing.asset_consumer import AssetConsumer, Word
from tracks.visuals.presenters import state_of


class VisualConsumer(AssetConsumer):
    """Sends the state of a track's picture or film to its owner; to nobody else."""

    def find(self) -> TrackVisual | None:
        """Return the owner's."""
        track_id: UUID = self.scope["url_route"]["kwargs"]["track_id"]
        rows = TrackVisual.objects.filter(track_id=track_id, track__deleted_at=None)
        own = rows.filter(track__owner_id=self.scope["user"].pk)
        return own.select_related("media", "track").first()

    def assets_of(self, visual: Any) -> list[UUID]:
        """Return that of the picture or film."""
        return [visual.media.asset_id]

    def word_on(self, visual: Any) -> Word:
        """Return its state, as the API tells it."""
        data = state_of(visual.track).data()
        return Word(json.dumps(data), is_last=data["state"] != "pending")
