"""A small closed-loop load generator: N keep-alive connections to loopback, bounded in time."""

import http.client
import multiprocessing
import statistics
import time
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

WARM_UP_REQUESTS = 20


@dataclass(frozen=True)
class Load:
    """What one address did under load. Times in milliseconds."""

    clients: int
    requests_per_second: float
    p50_ms: float
    p95_ms: float
    errors: int

    def row(self) -> dict[str, float]:
        """Return the figures, rounded, for JSON."""
        return {key: round(value, 1) for key, value in asdict(self).items()}


def measure(url: str, *, clients: int, seconds: float, cookie: str = "") -> Load:
    """Ask `url` as fast as `clients` waiting clients can for `seconds`; loopback only.

    The clients run in one process of their own, so that they share no lock with anything here.
    """
    if urlsplit(url).hostname not in {"127.0.0.1", "localhost"}:
        raise ValueError("Load goes to this machine only.")
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        times, errors, elapsed = pool.apply(_clients, (url, clients, seconds, cookie))
    if not times:
        raise RuntimeError(f"{url} never answered with 200.")
    cuts = statistics.quantiles(times, n=20)
    return Load(clients, len(times) / elapsed, statistics.median(times), cuts[18], errors)


def _clients(url: str, clients: int, seconds: float, cookie: str) -> tuple[list[float], int, float]:
    from concurrent.futures import ThreadPoolExecutor

    _one(url, time.monotonic() + 30, cookie, limit=WARM_UP_REQUESTS)
    began = time.monotonic()
    with ThreadPoolExecutor(clients) as threads:
        work = [threads.submit(_one, url, began + seconds, cookie) for _ in range(clients)]
        results = [task.result() for task in work]
    elapsed = time.monotonic() - began
    times = [value for result in results for value in result[0]]
    return times, sum(result[1] for result in results), elapsed


def _one(url: str, until: float, cookie: str, limit: int | None = None) -> tuple[list[float], int]:
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = {"Cookie": cookie} if cookie else {}
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    times: list[float] = []
    errors = 0
    while time.monotonic() < until and (limit is None or len(times) + errors < limit):
        start = time.perf_counter()
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        if response.status == 200:
            times.append((time.perf_counter() - start) * 1000)
        else:
            errors += 1
    connection.close()
    return times, errors
