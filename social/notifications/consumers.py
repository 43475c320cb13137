"""The socket that tells how much there is to hear of."""

from typing import Any

from channels.db import database_sync_to_async

from config.lib.sockets import WatchedConsumer
from social.notifications.selectors import unread_count


class NotificationsConsumer(WatchedConsumer):
    """How many of their news a person has not read."""

    async def connect(self) -> None:
        """Let in whoever is signed in."""
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close()
            return
        self._group = f"person-{user.pk}"
        await self.channel_layer.group_add(self._group, self.channel_name)
        await self.begin_watch()
        await self.accept()
        await self.notifications_changed({})

    async def disconnect(self, code: int) -> None:
        """Leave."""
        await super().disconnect(code)
        if self.scope["user"].is_authenticated:
            await self.channel_layer.group_discard(self._group, self.channel_name)

    async def notifications_changed(self, event: dict[str, Any]) -> None:
        """Tell the figure as it is now."""
        await self.send_json({"unread": await database_sync_to_async(self._count)()})

    def _count(self) -> int:
        return unread_count(self.scope["user"])
