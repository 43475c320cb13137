"""The sockets of notes and of news. The rows are the truth: each is read anew for its viewer."""

import asyncio
import json
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.http import Http404

from social.models import User
from social.note_rooms import OpenRoom, Wanted, open_room
from social.selectors.news import unread_count
from social.viewers import viewer_of

GATHER_S = 0.05  # after something was told, what happens within it is told together
RECHECK_S = 20.0  # a link that ends, or a ban, cuts off at the latest after this
GONE = 4404  # the close code after which a page does not come back
WANT_MAX = 100  # threads a page may ask for in one message
WANT_BYTES = 8192


class PersonalConsumer(AsyncWebsocketConsumer):
    """A socket that asks again and again who is there: sign-out and bans end it."""

    _watch: asyncio.Task[None] | None = None

    async def disconnect(self, code: int) -> None:
        """End what runs beside the socket."""
        if self._watch:
            self._watch.cancel()

    async def send_json(self, message: dict[str, Any]) -> None:
        """Send one message."""
        await self.send(text_data=json.dumps(message))

    def begin_watch(self) -> None:
        """Look now and then whether they may still be here."""
        self._watch = asyncio.create_task(self._look())

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(RECHECK_S)
            await self.look()

    async def look(self) -> None:
        """Close the socket where they may not be here any more."""
        raise NotImplementedError

    def is_still_there(self) -> bool:
        """Tell whether whoever connected is still signed in and welcome. Asks the database."""
        user, session = self.scope["user"], self.scope.get("session")
        if not user.is_authenticated:
            return True
        welcome = User.objects.filter(pk=user.pk, is_active=True, is_banned=False).exists()
        key = getattr(session, "session_key", None)
        return welcome and (key is None or session.exists(key))


class NotesConsumer(PersonalConsumer):
    """The notes of one version, live, as this viewer may read them.

    On connecting the page is told the stamp of everything here and asks for what it lacks, so a
    page that was away catches up. Nothing is ever said of a note that this viewer may not read.
    """

    async def connect(self) -> None:
        """Let in whoever may hear the version."""
        self._waiting: set[UUID] = set()
        self._known: set[str] = set()
        self._later: asyncio.Task[None] | None = None
        self._told_at = 0.0
        track_id = self.scope["url_route"]["kwargs"]["track_id"]
        self._groups = [f"notes-{track_id}", f"track-{track_id}"]
        for group in self._groups:
            await self.channel_layer.group_add(group, self.channel_name)
        # Read after subscribing, so nothing can happen unseen in between.
        stamps = await database_sync_to_async(self._stamps)()
        if stamps is None:
            await self.close()
            return
        await self.accept()
        self.begin_watch()
        await self._tell_state(stamps)

    async def disconnect(self, code: int) -> None:
        """Leave."""
        await super().disconnect(code)
        if self._later:
            self._later.cancel()
        for group in self._groups:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def notes_changed(self, event: dict[str, Any]) -> None:
        """Tell a thread that changed; without one, tell the state of all."""
        if "thread" not in event:
            await self.look()
            return
        self._waiting.add(UUID(event["thread"]))
        if self._later is None:
            pause = max(0.0, self._told_at + GATHER_S - asyncio.get_running_loop().time())
            self._later = asyncio.create_task(self._tell_soon(pause))

    async def track_changed(self, event: dict[str, Any]) -> None:
        """Another visibility, perhaps: look who may stay."""
        await self.look()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Take what the page asks for: `{"want": [ids]}`. Anything else is not heard."""
        if not text_data or len(text_data) > WANT_BYTES:
            return
        try:
            ids = [UUID(hex=str(each)) for each in json.loads(text_data)["want"][:WANT_MAX]]
        except (ValueError, TypeError, KeyError):
            return
        await self._tell(ids)

    async def look(self) -> None:
        """Tell the state of all, or hang up on whoever may not hear it any more."""
        stamps = await database_sync_to_async(self._stamps)()
        if stamps is None:
            await self.close(GONE)
            return
        await self._tell_state(stamps)

    async def _tell_state(self, stamps: dict[str, list[str]]) -> None:
        self._known = set(stamps)
        await self.send_json({"kind": "state", "threads": stamps})

    async def _tell_soon(self, pause: float) -> None:
        await asyncio.sleep(pause)
        self._later = None
        self._told_at = asyncio.get_running_loop().time()
        waiting, self._waiting = self._waiting, set()
        await self._tell(list(waiting))

    async def _tell(self, ids: list[UUID]) -> None:
        messages = await database_sync_to_async(self._messages)(ids)
        if messages is None:
            await self.close(GONE)
            return
        for message in messages:
            # That a note left is only said to whom its being here was said.
            if message["html"] is None and message["id"] not in self._known:
                continue
            self._known.add(message["id"])
            await self.send_json(message)

    def _room(self) -> OpenRoom | None:
        query = dict(parse_qsl(self.scope["query_string"].decode("ascii", "replace")))
        if not self.is_still_there():
            return None
        viewer = viewer_of(self.scope, query.get("token", ""))
        return open_room(viewer, self.scope["url_route"]["kwargs"]["track_id"], Wanted.read(query))

    def _stamps(self) -> dict[str, list[str]] | None:
        try:
            room = self._room()
            return room.stamps() if room else None
        except Http404:
            return None

    def _messages(self, ids: list[UUID]) -> list[dict[str, Any]] | None:
        try:
            room = self._room()
            return room.messages(ids) if room else None
        except Http404:
            return None


class NewsConsumer(PersonalConsumer):
    """How many of their news a person has not read."""

    async def connect(self) -> None:
        """Let in whoever is signed in."""
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close()
            return
        self._group = f"person-{user.pk}"
        await self.channel_layer.group_add(self._group, self.channel_name)
        await self.accept()
        self.begin_watch()
        await self.notifications_changed({})

    async def disconnect(self, code: int) -> None:
        """Leave."""
        await super().disconnect(code)
        if self.scope["user"].is_authenticated:
            await self.channel_layer.group_discard(self._group, self.channel_name)

    async def notifications_changed(self, event: dict[str, Any]) -> None:
        """Tell the figure as it is now."""
        await self.send_json({"unread": await database_sync_to_async(self._count)()})

    async def look(self) -> None:
        """Hang up on whoever was signed out or banned."""
        if not await database_sync_to_async(self.is_still_there)():
            await self.close(GONE)

    def _count(self) -> int:
        return unread_count(self.scope["user"])
