"""Many pages that come back at once: a restart, seen from the notes' sockets."""

import asyncio
import json
import statistics
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

SETTLED_WITHIN_S = 60


@dataclass
class Storm:
    """What became of it: seconds until every page was told where things stand, and how pages of
    other visitors fared meanwhile, in milliseconds."""

    seconds: float = 0.0
    told: int = 0
    refused: list[str] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)
    largest_bytes: int = 0
    calm_ms: list[float] = field(default_factory=list)
    meanwhile_ms: list[float] = field(default_factory=list)

    @property
    def p95_ratio(self) -> float:
        """Return the p95 of pages meanwhile as a multiple of what it was before."""
        return round(p95(self.meanwhile_ms) / p95(self.calm_ms), 2)


def p95(figures: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(figures, n=20)[-1]


async def storm(base: str, path: str, page: str, *, pages: int, cookies: list[str]) -> Storm:
    """Open so many sockets at once, with these people's cookies in turn ("" for visitors).

    The first of them asks for a page all the time: nothing that is kept for visitors.
    """
    found, headers = Storm(), {"Cookie": cookies[0]}
    async with httpx.AsyncClient(base_url=base, headers=headers, timeout=30) as client:
        for _ in range(20):  # what is only loaded once is loaded then
            await _load(client, page)
        for _ in range(40):
            found.calm_ms.append(await _load(client, page))
        over = asyncio.Event()
        watching = asyncio.ensure_future(_load_until(client, page, over, found.meanwhile_ms))
        began = time.monotonic()
        sockets = [
            _enter(base, path, cookies[number % len(cookies)], over, found)
            for number in range(pages)
        ]
        entered = asyncio.gather(*sockets)
        deadline = began + SETTLED_WITHIN_S
        while found.told + len(found.refused) < pages and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        found.seconds = round(time.monotonic() - began, 1)
        over.set()
        await entered
        await watching
    return found


async def _enter(base: str, path: str, cookie: str, over: asyncio.Event, found: Storm) -> None:
    headers = {"Cookie": cookie} if cookie else {}
    address = base.replace("http", "ws", 1) + path
    try:
        async with connect(
            address,
            origin=base,
            additional_headers=headers,
            open_timeout=SETTLED_WITHIN_S,  # type: ignore[arg-type]
        ) as socket:
            text = await asyncio.wait_for(socket.recv(), SETTLED_WITHIN_S)
            told: dict[str, Any] = json.loads(text)
            found.threads.add(len(told["threads"]))
            found.largest_bytes = max(found.largest_bytes, len(text))
            found.told += 1
            await over.wait()
    except (OSError, WebSocketException, TimeoutError) as error:
        found.refused.append(f"{type(error).__name__}: {error}")


async def _load(client: httpx.AsyncClient, page: str) -> float:
    began = time.perf_counter()
    (await client.get(page)).raise_for_status()
    return 1000 * (time.perf_counter() - began)


async def _load_until(
    client: httpx.AsyncClient, page: str, over: asyncio.Event, figures: list[float]
) -> None:
    while not over.is_set() or len(figures) < 20:
        figures.append(await _load(client, page))
