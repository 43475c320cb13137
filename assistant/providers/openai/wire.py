"""One request on OpenAI's wire, and what its answer means.

The address and the key are the operator's, from the environment. Of what the other side says where
it refuses nothing is passed on: it may repeat the key, or the words that it was sent.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from assistant.models.consent import PROVIDER_CHARS
from assistant.providers.openai import NAME
from assistant.providers.registry import Machine
from assistant.providers.services import Failing, Unusable, asking
from config.lib.http import Answer, FetchError, fetch

T = TypeVar("T")
OFFICIAL = "api.openai.com"
WAIT_MOST_S = 24 * 3600.0
BUSY_S, SETTINGS_S = 30.0, 3600.0  # until one asks again, where the other side says nothing
WORTH_ANOTHER_TRY = {408, 409, 425}
OF_SETTINGS = {
    401: "refuses the key (NEXUS_OPENAI_KEY)",
    402: "wants to be paid first",
    403: "refuses the key (NEXUS_OPENAI_KEY)",
    404: "knows no such address or model (NEXUS_OPENAI_URL and the names of models)",
    405: "knows no such address (NEXUS_OPENAI_URL)",
}


def host() -> str:
    """Return the name of the server that is asked, with its port where it has one of its own."""
    return urlsplit(settings.NEXUS_OPENAI_URL).netloc.lower()


@dataclass(frozen=True)
class OnWire:
    """What all machines on this wire have. `tracks`: what they are asked about (`about`).

    None is for words of our own, which are about nobody's; empty lets nothing out.
    """

    tracks: frozenset[UUID] | None = frozenset()

    is_local = False

    @property
    def name(self) -> str:
        """Whom owners let read: `openai`, or another server by its name.

        What they have said of one server says nothing of the one that an operator names next.
        """
        place = host()
        if place == OFFICIAL:
            return NAME
        if len(place) <= PROVIDER_CHARS:
            return place
        return f"{place[:31]}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"

    @property
    def label(self) -> str:
        """Who it is: the name of the server."""
        return host()

    @property
    def version(self) -> str:
        """Which server: under one name of a model two of them may have two models."""
        return host()[:60]

    def about(self, tracks: Collection[UUID] | None) -> Any:
        """Return the machine as it is asked about these tracks."""
        return type(self)(None if tracks is None else frozenset(tracks))

    def is_there(self) -> bool:
        """Tell whether it is set up: OpenAI's own wants a key, a server of one's own may not."""
        return bool(settings.NEXUS_OPENAI_KEY) or host() != OFFICIAL


def ask(
    machine: Machine,
    task: str,
    path: str,
    body: bytes | Mapping[str, Any],
    read: Callable[[Any], T],
    *,
    units: int,
    tracks: Collection[UUID] | None,
    seconds: float,
    bytes_most: int,
    type: str = "application/json",
) -> T:
    """Return what `read` makes of the answer to a POST; a mapping is sent as JSON.

    `read` raises Unusable, or any of what reading the wrong shape raises (KeyError, TypeError …).
    Raises Unavailable, Useless.
    """
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    with asking(machine, task, units=units, tracks=tracks):
        answer = sent(path, data, type=type, seconds=seconds, bytes_most=bytes_most)
        _refuse_failure(answer)
        try:
            found = answer.json()
        except FetchError:
            raise Failing("broken", f"{host()} broke off, or answered no JSON.") from None
        try:
            return read(found)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            if isinstance(error, Unusable):
                raise
            raise Unusable("useless", f"{host()} answered in a shape of its own.") from None


def sent(
    path: str, body: bytes | None, *, type: str = "", seconds: float, bytes_most: int
) -> Answer:
    """Return the answer of the server at a path below its address. Raises Failing, Unusable."""
    url = settings.NEXUS_OPENAI_URL.rstrip("/")
    parts = urlsplit(url)
    headers = {"accept": "application/json"}
    if type:
        headers["content-type"] = type
    if settings.NEXUS_OPENAI_KEY:
        headers["authorization"] = f"Bearer {settings.NEXUS_OPENAI_KEY}"
    try:
        return fetch(
            f"{url}{path}",
            method="GET" if body is None else "POST",
            headers=headers,
            body=body,
            bytes_most=bytes_most,
            seconds=seconds,
            own=f"{parts.scheme}://{parts.netloc}",
        )
    except FetchError as error:
        if error.code == "too-large":
            raise Unusable("too-large", f"{host()} answered more than is taken.") from None
        status = {"too-slow": "slow", "wrong-type": "broken"}.get(error.code, "unreachable")
        raise Failing(status, f"{host()}: {error.sentence}") from None


def _refuse_failure(answer: Answer) -> None:
    """Raise where the status is none of success."""
    status = answer.status
    if 200 <= status < 300:
        return
    wait = _wait(answer)
    if status == 429:
        raise Failing("busy", f"{host()} takes no more just now.", wait or BUSY_S)
    if status >= 500 or status in WORTH_ANOTHER_TRY:
        raise Failing("failing", f"{host()} fails ({status}).", wait)
    if status in OF_SETTINGS or status < 400:
        why = OF_SETTINGS.get(status, "leads elsewhere, where it is not followed")
        raise Failing("refused", f"{host()} {why}.", SETTINGS_S)
    raise Unusable("refused", f"{host()} refuses what it was sent ({status}).")


def _wait(answer: Answer) -> float | None:
    """Return what Retry-After says, in seconds (RFC 9110, 10.2.3): a number, or a date."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return min(WAIT_MOST_S, float(told[:9]))
    with suppress(ValueError, TypeError, OverflowError):
        at = parsedate_to_datetime(told)
        seconds = (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
        return min(WAIT_MOST_S, max(0.0, seconds))
    return None
