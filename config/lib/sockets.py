"""What all live sockets have in common: they end with the sign-in of whoever opened them.

Signing out, another password, a ban and a closed account are announced and bite at once; a look now
and then makes up for an announcement that was lost.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from channels.db import DatabaseSyncToAsync
from channels.generic.websocket import AsyncWebsocketConsumer
from django.contrib.auth import HASH_SESSION_KEY, get_user_model
from django.utils.crypto import constant_time_compare

from config.lib import live, roll_call

RECHECK_S = 20.0  # what was not announced cuts off at the latest after this
NORMAL, GONE = 1000, 4404  # close codes after which a page does not come back
# One, so that thousands of pages that come back at once take turns with whoever asks for a page.
LOOKING_THREADS = 1


def group_of_account(user_id: Any) -> str:
    """Return the group of every socket of one person."""
    return f"account-{user_id}"


def group_of_session(session_key: str) -> str:
    """Return the group of every socket of one session; its key stays out of the channel layer."""
    return f"session-{hashlib.blake2b(session_key.encode(), digest_size=16).hexdigest()}"


def end_session(session_key: str | None) -> None:
    """Hang up on every page of one session."""
    if session_key:
        live.announce(group_of_session(session_key), "session.ended")


def look_at_account(user_id: Any) -> None:
    """Let every socket of one person ask anew whether they are still signed in and welcome."""
    live.announce(group_of_account(user_id), "account.changed")


def look_at_group(group: str) -> None:
    """Let every socket of a group ask anew whether it may stay."""
    live.announce(group, "account.changed")


class Looks:
    """Questions to the database, a few at a time; those who wait for the same one share it.

    Only a question that has not begun is shared: its answer is newer than everything that whoever
    joins had heard when they asked.
    """

    def __init__(self, threads: int, name: str) -> None:
        self._threads = ThreadPoolExecutor(threads, name)
        self._waiting: dict[Hashable, asyncio.Task[Any]] = {}

    async def ask(self, function: Callable[..., Any], *args: Any, same: Hashable = None) -> Any:
        """Return `function(*args)`, asked in a thread; `same` names questions with one answer."""
        if same is None:
            return await self._run(function, *args)
        key = (id(asyncio.get_running_loop()), same)
        task = self._waiting.get(key)
        if task is None:

            def begin() -> Any:
                self._waiting.pop(key, None)
                return function(*args)

            task = self._waiting[key] = asyncio.ensure_future(self._run(begin))
        return await asyncio.shield(task)

    async def _run(self, function: Callable[..., Any], *args: Any) -> Any:
        asked = DatabaseSyncToAsync(function, thread_sensitive=False, executor=self._threads)
        return await asked(*args)


looks = Looks(LOOKING_THREADS, "looking")


class WatchedConsumer(AsyncWebsocketConsumer):
    """A socket that ends when whoever opened it is signed out, banned or gone."""

    _watch: asyncio.Task[None] | None = None
    _own_groups: tuple[str, ...] = ()

    async def begin_watch(self) -> None:
        """Listen for the end of the sign-in, and look now and then; called before accepting."""
        user, session = self.scope.get("user"), self.scope.get("session")
        if user is not None and user.is_authenticated:
            key = getattr(session, "session_key", None)
            account = (group_of_account(user.pk),)
            self._own_groups = (*account, group_of_session(key)) if key else account
        for group in self._own_groups:
            await self.channel_layer.group_add(group, self.channel_name)
        self._watch = asyncio.create_task(self._look_now_and_then())

    async def disconnect(self, code: int) -> None:
        """End what runs beside the socket."""
        if self._watch:
            self._watch.cancel()
        for group in self._own_groups:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def session_ended(self, event: dict[str, Any]) -> None:
        """Hang up: whoever was here has signed out."""
        await self.close(GONE)

    async def account_changed(self, event: dict[str, Any]) -> None:
        """Look whether they are still welcome."""
        await self.look()

    async def roll_called(self, event: dict[str, Any]) -> None:
        """Say that this socket is here."""
        user = self.scope.get("user")
        person = user.pk if user is not None and user.is_authenticated else None
        await looks.ask(roll_call.answer, event["key"], self.channel_name, person)

    async def look(self) -> None:
        """Hang up on whoever may not be here any more."""
        if not await looks.ask(self.may_stay):
            await self.close(GONE)

    def may_stay(self) -> bool:
        """Tell whether this socket may stay open. Asks the database."""
        return self.is_still_there()

    def is_still_there(self) -> bool:
        """Tell whether whoever connected is still signed in and welcome. Asks the database."""
        user, session = self.scope.get("user"), self.scope.get("session")
        if user is None or not user.is_authenticated:
            return True
        found = get_user_model().objects.filter(pk=user.pk, is_active=True).first()
        if found is None or getattr(found, "is_banned", False):
            return False
        key = getattr(session, "session_key", None)
        if key is None:
            return True
        # Read anew: the one of the handshake is as it was then.
        proof = session.__class__(key).get(HASH_SESSION_KEY, "")
        return constant_time_compare(proof, found.get_session_auth_hash())

    async def send_json(self, message: dict[str, Any]) -> None:
        """Send one message."""
        await self.send(text_data=json.dumps(message))

    async def _look_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(RECHECK_S)
            await self.look()
