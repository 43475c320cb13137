"""The live socket of one version."""

import asyncio
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from tracks.watching import find_version, job_fragment

PAUSE_S = 0.5  # at most two fragments a second
NORMAL, GONE = 1000, 4404  # close codes after which htmx does not come back


class VersionConsumer(AsyncWebsocketConsumer):
    """Sends the fragment of a version on connecting and whenever its asset changes.

    Whoever may not open the track is refused, and cut off when that changes. The rows are read
    after subscribing, so nothing can happen unseen in between.
    """

    async def connect(self) -> None:
        """Subscribe whoever may open the track; the last word of a finished job ends it."""
        self._told_at = 0.0
        self._later: asyncio.Task[None] | None = None
        self._group = await self._asset_group()
        if self._group is None:
            await self.close()
            return
        await self.channel_layer.group_add(self._group, self.channel_name)
        await self.accept()
        await self._tell()

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        if self._later:
            self._later.cancel()
        if self._group:
            await self.channel_layer.group_discard(self._group, self.channel_name)

    async def asset_changed(self, event: dict[str, Any]) -> None:
        """Tell it soon; what happens until then is told along."""
        if self._later is None:
            self._later = asyncio.create_task(self._tell_soon())

    async def _tell_soon(self) -> None:
        await asyncio.sleep(self._told_at + PAUSE_S - asyncio.get_running_loop().time())
        self._later = None
        await self._tell()

    async def _tell(self) -> None:
        fragment = await database_sync_to_async(self._fragment)()
        self._told_at = asyncio.get_running_loop().time()
        if fragment is None:
            await self.close(GONE)
            return
        html, is_live = fragment
        await self.send(text_data=html)
        if not is_live:
            await self.close(NORMAL)

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _asset_group(self) -> str | None:
        version = self._version()
        return f"asset-{version.media.asset_id}" if version else None

    def _fragment(self) -> tuple[str, bool] | None:
        version = self._version()
        return job_fragment(self._request(), version) if version else None

    def _version(self) -> Any:
        query = parse_qs(self.scope["query_string"].decode("ascii", "replace"))
        version_id: UUID = self.scope["url_route"]["kwargs"]["version_id"]
        key = query.get("token", [""])[0]
        return find_version(self.scope["user"], version_id, key, self.scope["session"])

    def _request(self) -> HttpRequest:
        """Return a request of the page that opened the socket: its forms need a CSRF token."""
        request = HttpRequest()
        request.user = self.scope["user"]
        request.COOKIES = self.scope["cookies"]
        CsrfViewMiddleware(lambda _request: HttpResponse()).process_request(request)
        return request
