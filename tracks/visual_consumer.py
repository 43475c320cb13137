"""The live socket of a track's picture or film, for its owner."""

import json
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from tracks.models import Track, TrackVisual
from tracks.visuals import state_of


class VisualConsumer(AsyncWebsocketConsumer):
    """Sends the state on connecting and whenever it changes; closes after the last word."""

    async def connect(self) -> None:
        """Subscribe the owner of the track; nobody else."""
        self._group = await self._asset_group()
        if self._group is None:
            await self.close()
            return
        await self.channel_layer.group_add(self._group, self.channel_name)
        await self.accept()
        await self.asset_changed({})

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        if self._group:
            await self.channel_layer.group_discard(self._group, self.channel_name)

    async def asset_changed(self, event: dict[str, Any]) -> None:
        """Tell how far it is now."""
        told = await self._told()
        await self.send(text_data=json.dumps(told))
        if told["state"] != "pending":
            await self.close(1000)

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _asset_group(self) -> str | None:
        track_id: UUID = self.scope["url_route"]["kwargs"]["track_id"]
        own = TrackVisual.objects.filter(track_id=track_id, track__owner_id=self.scope["user"].pk)
        visual = own.select_related("media").first()
        return f"asset-{visual.media.asset_id}" if visual else None

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _told(self) -> dict[str, str]:
        track_id: UUID = self.scope["url_route"]["kwargs"]["track_id"]
        track = Track.objects.filter(pk=track_id, owner_id=self.scope["user"].pk).first()
        return state_of(track).told() if track else {"state": "none"}
