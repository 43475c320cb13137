"""A socket that tells how far the machine is with some assets."""

import asyncio
from typing import Any, NamedTuple
from urllib.parse import parse_qs
from uuid import UUID

from channels.db import database_sync_to_async

from config.lib.sockets import GONE, NORMAL, WatchedConsumer

PAUSE_S = 0.5  # at most two words a second


class Word(NamedTuple):
    """What is told, and whether nothing will follow it."""

    text: str
    is_last: bool


class AssetConsumer(WatchedConsumer):
    """Sends a word on connecting and whenever one of the assets changes; closes after the last.

    Whom `find` knows nothing for is refused, and cut off when that changes. The rows are read
    after subscribing, so nothing can happen unseen in between.
    """

    def find(self) -> Any:
        """Return what this visitor may follow, None for nothing; called in a thread."""
        raise NotImplementedError

    def assets_of(self, found: Any) -> list[UUID]:
        """Return the assets whose changes are told of; called in a thread."""
        raise NotImplementedError

    def groups_of(self, found: Any) -> list[str]:
        """Return the groups that are listened to; called in a thread."""
        return [f"asset-{pk}" for pk in self.assets_of(found)]

    def word_on(self, found: Any) -> Word:
        """Return how far it is now; called in a thread."""
        raise NotImplementedError

    async def connect(self) -> None:
        """Subscribe and tell where things stand."""
        self._told_at, self._told = 0.0, ""
        self._later: asyncio.Task[None] | None = None
        self._groups = await self._find_groups()
        if self._groups is None:
            await self.close()
            return
        for group in self._groups:
            await self.channel_layer.group_add(group, self.channel_name)
        await self.begin_watch()
        await self.accept()
        await self._tell()

    async def disconnect(self, code: int) -> None:
        """Leave the groups."""
        await super().disconnect(code)
        if self._later:
            self._later.cancel()
        for group in self._groups or []:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def asset_changed(self, event: dict[str, Any]) -> None:
        """Tell it soon; what happens until then is told along."""
        if self._later is None:
            self._later = asyncio.create_task(self._tell_soon())

    async def look(self) -> None:
        """Look whether they may stay, and tell what no announcement has told."""
        await super().look()
        word = await self._find_word()
        if word and word.text != self._told:
            await self._say(word)

    def may_stay(self) -> bool:
        """Tell whether they may still follow it, as who they were."""
        return self.is_still_there() and self.find() is not None

    @property
    def key(self) -> str:
        """What opens an unlisted track."""
        query: str = self.scope["query_string"].decode("ascii", "replace")
        return parse_qs(query).get("token", [""])[0]

    async def _tell_soon(self) -> None:
        await asyncio.sleep(self._told_at + PAUSE_S - asyncio.get_running_loop().time())
        self._later = None
        await self._tell()

    async def _tell(self) -> None:
        word = await self._find_word()
        self._told_at = asyncio.get_running_loop().time()
        if word is None:
            await self.close(GONE)
            return
        await self._say(word)

    async def _say(self, word: Word) -> None:
        self._told = word.text
        await self.send(text_data=word.text)
        if word.is_last:
            await self.close(NORMAL)

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _find_groups(self) -> list[str] | None:
        found = self.find()
        return None if found is None else self.groups_of(found)

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _find_word(self) -> Word | None:
        found = self.find()
        return None if found is None else self.word_on(found)
