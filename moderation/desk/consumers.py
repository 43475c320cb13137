"""The socket of the queue: how many cases have come since the page was drawn."""

import asyncio
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from django.utils.dateparse import parse_datetime

from config.lib.sockets import GONE, WatchedConsumer, looks
from moderation.cases.rules import may_see
from moderation.cases.services import QUEUE
from moderation.desk.selectors import Filters, keys_of
from social.models import User

PAUSE_S = 0.5  # at most two words a second, however many are reported


class QueueConsumer(WatchedConsumer):
    """Tells moderators of new cases that fit the filters of their page; nothing about them.

    What was there when the page was drawn is remembered here, so that one that comes again counts.
    """

    _seen: set[Any] | None = None
    _later: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Let in whoever may see the queue."""
        await self.channel_layer.group_add(QUEUE, self.channel_name)
        self._seen = await looks.ask(self._begin)
        if self._seen is None:
            await self.close()
            return
        await self.begin_watch()
        await self.accept()
        await self._tell()

    async def disconnect(self, code: int) -> None:
        """Leave."""
        await super().disconnect(code)
        if self._later:
            self._later.cancel()
        await self.channel_layer.group_discard(QUEUE, self.channel_name)

    async def queue_changed(self, event: dict[str, Any]) -> None:
        """Tell it soon; what comes until then is told along."""
        if self._later is None:
            self._later = asyncio.create_task(self._tell_soon())

    def may_stay(self) -> bool:
        """Tell whether they are still signed in, and may see the queue."""
        return self.is_still_there() and self._moderator() is not None

    async def _tell_soon(self) -> None:
        await asyncio.sleep(PAUSE_S)
        self._later = None
        await self._tell()

    async def _tell(self) -> None:
        count = await looks.ask(self._count)
        if count is None:
            await self.close(GONE)
            return
        await self.send_json({"new": count})

    def _moderator(self) -> User | None:
        user = User.objects.filter(pk=self.scope["user"].pk).first()
        return user if user and may_see(user) else None

    def _begin(self) -> set[Any] | None:
        user = self._moderator()
        if user is None:
            return None
        return keys_of(self._filters(), user, self._drawn_at())

    def _count(self) -> int | None:
        user = self._moderator() if self.is_still_there() else None
        if user is None or self._seen is None:
            return None
        return len(keys_of(self._filters(), user) - self._seen)

    def _filters(self) -> Filters:
        asked = self._query()
        return Filters(**{name: asked[name] for name in vars(Filters()) if name in asked})

    def _drawn_at(self) -> datetime | None:
        try:
            found = parse_datetime(self._query().get("drawn", ""))
        except ValueError:
            return None
        return found if found and found.tzinfo else None

    def _query(self) -> dict[str, str]:
        asked = self.scope["query_string"].decode("ascii", "replace")
        return dict(parse_qsl(asked, keep_blank_values=True))
