"""The socket that tells how far the archive of one's data is."""

from typing import Any

from channels.db import database_sync_to_async

from config.lib.sockets import WatchedConsumer
from social.exports.presenters import lines_of


class ExportsConsumer(WatchedConsumer):
    """Tells on connecting, and on every change, how a person's archives stand."""

    async def connect(self) -> None:
        """Let in whoever is signed in."""
        self._group = ""
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close()
            return
        self._group = f"exports-{user.pk}"
        await self.channel_layer.group_add(self._group, self.channel_name)
        await self.begin_watch()
        await self.accept()
        await self.exports_changed({})

    async def disconnect(self, code: int) -> None:
        """Leave."""
        await super().disconnect(code)
        if self._group:
            await self.channel_layer.group_discard(self._group, self.channel_name)

    async def exports_changed(self, event: dict[str, Any]) -> None:
        """Tell how they stand now."""
        await self.send_json({"exports": await database_sync_to_async(self._lines)()})

    def _lines(self) -> list[dict[str, Any]]:
        return [line.told() for line in lines_of(self.scope["user"])]
