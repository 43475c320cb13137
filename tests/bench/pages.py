"""Requests per second of the pages, the API and a segment, in both arrangements.

The empty page is what Django and our middleware take for a page with nothing in it.
"""

import sys
from pathlib import Path
from typing import Any

import httpx

from tests.bench.load import measure
from tests.bench.site import environment, free_port, running

SECONDS = 5.0
ARRANGEMENTS = ("daphne", "wsgi")


def all_figures(version: Any, *, state: Path) -> dict[str, Any]:
    """Measure every address at 1 and 8 clients, uncached, then the cached home page."""
    figures: dict[str, Any] = {}
    for arrangement in ARRANGEMENTS:
        for cached in (False, True):
            name = f"{arrangement}{', 10 s cache' if cached else ''}"
            figures[name] = _arrangement(arrangement, version, state=state, cached=cached)
    return figures


def _arrangement(name: str, version: Any, *, state: Path, cached: bool) -> dict[str, Any]:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    env = environment(
        state,
        NEXUS_PAGE_CACHE_SECONDS="10" if cached else "0",
        DJANGO_SETTINGS_MODULE="tests.bench.settings",
    )
    with running(_command(name, port), env, f"{base}/health/"):
        urls = {
            "empty page": f"{base}/empty/",
            "home": f"{base}/",
            "track page": base + version.track.get_absolute_url(),
            "versions API": f"{base}/api/v1/versions/{version.pk}/",
        }
        if not cached:
            urls["segment"] = _segment(urls["versions API"], base)
        else:
            del urls["versions API"], urls["empty page"]
        return {
            address: [measure(url, clients=count, seconds=SECONDS).row() for count in (1, 8)]
            for address, url in urls.items()
        }


def _command(name: str, port: int) -> list[str]:
    if name == "daphne":
        return [sys.executable, "manage.py", "serve", "--port", str(port)]
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"),
        *("--workers", "1", "--threads", "4", "--log-level", "warning"),
    ]


def _segment(api: str, base: str) -> str:
    facts = httpx.get(api).raise_for_status().json()
    master = httpx.URL(base).join(facts["hls_url"])
    return str(master.join("opus/segment_000.m4s"))
