"""The socket of the administration's page of backups."""

from typing import Any

from channels.db import database_sync_to_async
from django.contrib.auth import get_user_model

from config.lib.sockets import WatchedConsumer
from media_pipeline.backups.presenters import fragment
from media_pipeline.backups.progress import GROUP

MAY_SEE = "media_pipeline.view_backup"


class BackupsConsumer(WatchedConsumer):
    """Sends how the backups stand, anew at each change, to who may see them."""

    async def connect(self) -> None:
        """Let in whoever may open the page."""
        if not await database_sync_to_async(self.may_stay)():
            await self.close()
            return
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.begin_watch()
        await self.accept()
        await self.backups_changed({})

    async def disconnect(self, code: int) -> None:
        """Leave."""
        await super().disconnect(code)
        await self.channel_layer.group_discard(GROUP, self.channel_name)

    async def backups_changed(self, event: dict[str, Any]) -> None:
        """Send the page's upper part as it is now."""
        await self.send(text_data=await database_sync_to_async(fragment)())

    def may_stay(self) -> bool:
        """Tell whether they are still signed in, and may see backups."""
        user = self.scope["user"]
        if not user.is_authenticated or not self.is_still_there():
            return False
        found = get_user_model()._default_manager.filter(pk=user.pk, is_active=True).first()
        return found is not None and found.has_perm(MAY_SEE)
