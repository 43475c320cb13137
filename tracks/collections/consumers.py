"""The socket of a playlist that is open to be changed: what others do to its order, as they do it.

Each message has the revision it leads to. The order as it stands is kept here, so that a move is
told by what this viewer sees; where a revision was missed, the whole is told instead.
"""

import json
from typing import Any

from config.lib.sockets import GONE, WatchedConsumer, looks
from tracks.collections.ordering import group_of
from tracks.collections.selectors import visible_items
from tracks.models import Playlist

SAID_BYTES = 64  # all a page ever says is that it wants the whole


class ListConsumer(WatchedConsumer):
    """`{revision, order}` on connecting, then `moved` with `behind`, or `removed`, one by one.

    `behind` is the place before it among those this viewer sees, "" at the front.
    """

    async def connect(self) -> None:
        """Let in whoever may change the order."""
        self._revision = -1
        self._order: list[str] = []
        self._shown: set[str] = set()
        self._pk = self.scope["url_route"]["kwargs"]["list_id"]
        self._group = group_of(self._pk)
        await self.channel_layer.group_add(self._group, self.channel_name)
        # Asked after subscribing, so that nothing happens unseen in between.
        if not await looks.ask(self._read):
            await self.close()
            return
        await self.begin_watch()
        await self.accept()
        await self._tell_whole()

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        await super().disconnect(code)
        await self.channel_layer.group_discard(self._group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Tell the whole to a page that has missed something."""
        if not text_data or len(text_data) > SAID_BYTES:
            return
        try:
            wants = json.loads(text_data) == {"whole": True}
        except ValueError:
            return
        if wants:
            await self._tell_anew()

    async def list_changed(self, event: dict[str, Any]) -> None:
        """Tell a change that follows what this page knows; anything else is told whole."""
        revision = int(event["revision"])
        if revision <= self._revision:
            return
        follows = revision == self._revision + 1
        if follows and event.get("moved") in self._order:
            self._revision = revision
            await self._tell_move(event["moved"], event["behind"])
        elif follows and event.get("removed") in self._order:
            self._revision = revision
            self._order.remove(event["removed"])
            seen = event["removed"] if event["removed"] in self._shown else ""
            await self.send_json({"revision": revision, "removed": seen})
        else:
            await self._tell_anew()

    def may_stay(self) -> bool:
        """Tell whether whoever connected may still change this list."""
        return self.is_still_there() and self._found() is not None

    async def _tell_move(self, moved: str, behind: str) -> None:
        self._order.remove(moved)
        place = self._order.index(behind) + 1 if behind in self._order else 0
        seen = next((key for key in reversed(self._order[:place]) if key in self._shown), "")
        self._order.insert(place, moved)
        told = {"moved": moved, "behind": seen} if moved in self._shown else {"moved": ""}
        await self.send_json({"revision": self._revision} | told)

    async def _tell_anew(self) -> None:
        if await looks.ask(self._read):
            await self._tell_whole()
        else:
            await self.close(GONE)

    async def _tell_whole(self) -> None:
        order = [key for key in self._order if key in self._shown]
        await self.send_json({"revision": self._revision, "order": order})

    def _found(self) -> Any:
        rows = Playlist.objects.arranged_by(self.scope["user"])
        return rows.filter(pk=self._pk).first()

    def _read(self) -> bool:
        """Read the order as it is now; False where there is no such list for this person."""
        row = self._found()
        if row is None:
            return False
        # Order and revision of one moment, so in one query: what follows is applied to just this.
        places = row.items.order_by("position").values_list("pk", "playlist__revision")
        found = list(places)
        self._order = [str(key) for key, _ in found]
        self._revision = found[0][1] if found else row.revision
        seen = visible_items(row, self.scope["user"]).values_list("pk", flat=True)
        self._shown = {str(key) for key in seen}
        return True
