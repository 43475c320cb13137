"""The live socket of a listener's queue: each of their devices hears what another one did."""

import json
from typing import Any

from channels.db import database_sync_to_async
from django.contrib.auth import get_user_model

from config.lib.sockets import GONE, WatchedConsumer
from tracks.models import PlayQueue
from tracks.queue.services import group_of

TOLD = ("revision", "current", "position_ms", "shuffle", "repeat", "device")


class QueueConsumer(WatchedConsumer):
    """Tells the state of the queue on connecting and after every change, without its entries.

    A device that does not know one of the `ids` reads the queue through the API.
    """

    async def connect(self) -> None:
        """Let in whoever is signed in."""
        self._group = ""
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close()
            return
        self._group = group_of(user)
        await self.channel_layer.group_add(self._group, self.channel_name)
        await self.begin_watch()
        await self.accept()
        await self.queue_changed({})

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        await super().disconnect(code)
        if self._group:
            await self.channel_layer.group_discard(self._group, self.channel_name)

    async def queue_changed(self, event: dict[str, Any]) -> None:
        """Tell it as it is now; a closed account hears no more."""
        state = await self._state()
        if state is None:
            await self.close(GONE)
        else:
            await self.send(text_data=json.dumps(state))

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _state(self) -> dict[str, Any] | None:
        user = self.scope["user"]
        if not get_user_model().objects.filter(pk=user.pk, is_active=True).exists():
            return None
        row = PlayQueue.objects.filter(user_id=user.pk).first() or PlayQueue(user_id=user.pk)
        data = {name: getattr(row, name) for name in TOLD}
        return data | {"ids": [item["id"] for item in row.items]}
