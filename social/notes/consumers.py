"""The sockets of notes and of news. The rows are the truth: each is read anew for its viewer."""

import asyncio
import json
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.http import Http404

from config.lib.sockets import GONE, Looks, WatchedConsumer, looks
from social.notes.presenters import NoteQuery, NotesPage, open_notes_page
from social.viewers import viewer_of

GATHER_S = 0.05  # after something was told, what happens within it is told together
WANT_MAX = 100  # threads a page may ask for in one message
WANT_BYTES = 8192
telling = Looks(2, "telling")  # what is told of a change waits for no storm of pages


class NotesConsumer(WatchedConsumer):
    """The notes of one version, live, as this viewer may read them.

    On connecting the page is told the stamps of the first threads here, asks for more pages of them
    as far as it shows any, and for what it lacks, so a page that was away catches up. Nothing is
    ever said of a note that this viewer may not read.
    """

    async def connect(self) -> None:
        """Let in whoever may hear the version; what is here is told afterwards."""
        self._waiting: set[UUID] = set()
        self._known: set[str] = set()
        self._later: asyncio.Task[None] | None = None
        self._comparing: asyncio.Task[None] | None = None
        self._told_at = 0.0
        self._query = dict(parse_qsl(self.scope["query_string"].decode("ascii", "replace")))
        track_id = self.scope["url_route"]["kwargs"]["track_id"]
        self._groups = [f"notes-{track_id}", f"track-{track_id}"]
        for group in self._groups:
            await self.channel_layer.group_add(group, self.channel_name)
        # Asked after subscribing, so nothing can happen unseen in between. Who is there was looked
        # up for this very handshake.
        notes_page = await looks.ask(self._enter, same=self._same("enter"))
        if notes_page is None:
            await self.close()
            return
        await self.begin_watch()
        await self.accept()
        self._compare("", notes_page)

    async def disconnect(self, code: int) -> None:
        """Leave."""
        await super().disconnect(code)
        for task in (self._later, self._comparing):
            if task:
                task.cancel()
        for group in self._groups:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def notes_changed(self, event: dict[str, Any]) -> None:
        """Tell a thread that changed; without one, tell what is here from the start."""
        if "thread" not in event:
            self._compare("")
            return
        self._waiting.add(UUID(event["thread"]))
        if self._later is None:
            pause = max(0.0, self._told_at + GATHER_S - asyncio.get_running_loop().time())
            self._later = asyncio.create_task(self._tell_soon(pause))

    async def signoff_changed(self, event: dict[str, Any]) -> None:
        """Tell a page of somebody with an account to look at the sign-off anew, if it shows one."""
        if self.scope["user"].is_authenticated:
            await self.send_json({"kind": "sign-off"})

    async def track_changed(self, event: dict[str, Any]) -> None:
        """Another visibility, perhaps: look who may stay, and what they may do now."""
        self._compare("")

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Take what the page asks for: `{"want": [ids]}`, `{"after": cursor}`; nothing else."""
        if not text_data or len(text_data) > WANT_BYTES:
            return
        try:
            asked = json.loads(text_data)
            if "after" in asked:
                self._compare(str(asked["after"]))
                return
            ids = [UUID(hex=str(each)) for each in asked["want"][:WANT_MAX]]
        except (ValueError, TypeError, KeyError, RecursionError):
            return
        await self._tell(ids)

    def may_stay(self) -> bool:
        """Tell whether this viewer may hear the version, still signed in as they were."""
        return self.is_still_there() and self._enter() is not None

    def _compare(self, after: str, notes_page: NotesPage | None = None) -> None:
        """Tell one page of stamps soon; whatever page is waiting to be told is told no more."""
        if self._comparing:
            self._comparing.cancel()
        self._comparing = asyncio.create_task(self._tell_stamps(after, notes_page))

    async def _tell_stamps(self, after: str, notes_page: NotesPage | None) -> None:
        same = self._same("stamps", after)
        if notes_page and notes_page.is_one_of_many:  # found just now, for this very page
            who = ("anybody with an account", notes_page.rights.may_write)
            same = (self.scope["path"], *sorted(self._query.items()), *who)
        page = await looks.ask(self._stamps, after, notes_page, same=same)
        if page is None:
            await self.close(GONE)
            return
        stamps, following = page
        if not after:
            self._known.clear()
        self._known |= stamps.keys()
        await self.send_json(
            {"kind": "state", "threads": stamps, "after": after, "next": following}
        )

    async def _tell_soon(self, pause: float) -> None:
        await asyncio.sleep(pause)
        self._later = None
        self._told_at = asyncio.get_running_loop().time()
        waiting, self._waiting = self._waiting, set()
        await self._tell(list(waiting))

    async def _tell(self, ids: list[UUID]) -> None:
        same = self._same("messages", frozenset(ids))
        messages = await telling.ask(self._messages, ids, same=same)
        if messages is None:
            await self.close(GONE)
            return
        for message in messages:
            # That a note left is only said to whom its being here was said.
            if message["html"] is None and message["id"] not in self._known:
                continue
            self._known.add(message["id"])
            await self.send_json(message)

    def _same(self, *what: Any) -> Any:
        """Name a question whose answer is the same for every visitor; None where it is not."""
        if self.scope["user"].is_authenticated or self._query.get("token"):
            return None
        return (self.scope["path"], *sorted(self._query.items()), *what)

    def _enter(self) -> NotesPage | None:
        """Return the room for who came; None where it is closed, or asked for in nonsense."""
        viewer = viewer_of(self.scope, self._query.get("token", ""))
        track_id = self.scope["url_route"]["kwargs"]["track_id"]
        try:
            notes_page = open_notes_page(viewer, track_id, NoteQuery.read(self._query))
            if notes_page:
                notes_page.asked.filters.narrow(notes_page.rights)
                notes_page.is_one_of_many  # noqa: B018 - asks the database here, in a thread
            return notes_page
        except Http404:
            return None

    def _page(self) -> NotesPage | None:
        return self._enter() if self.is_still_there() else None

    def _stamps(
        self, after: str, notes_page: NotesPage | None = None
    ) -> tuple[dict[str, list[str]], str] | None:
        try:
            notes_page = notes_page or self._page()
            return notes_page.stamps(after) if notes_page else None
        except Http404:
            return None

    def _messages(self, ids: list[UUID]) -> list[dict[str, Any]] | None:
        notes_page = self._page()
        return notes_page.messages(ids) if notes_page else None
