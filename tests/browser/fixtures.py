"""The site in a real Chromium, with real music in it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect
from pytest_django import DjangoDbBlocker

from config.assets import build
from media_pipeline.models import Asset
from social.models import User
from tests.browser.embed.framing import Foreign, foreign_site
from tests.factories.tracks import TrackFactory
from tests.media import processed
from tests.sites import Site, database_url
from tracks.models import Track

expect.set_options(timeout=20_000)  # ms; only a failure takes so long

Publish = Callable[..., Track]
SignIn = Callable[[User], None]


@pytest.fixture
def publish(music: Callable[[str], Path]) -> Publish:
    """A function: path of a piece → a public track of it, processed once and kept."""

    def action(
        name: str = "music/07-apple-cider.ogg", *, extras: bool = False, **fields: object
    ) -> Track:
        kinds = ["process", "extras"] if extras else ["process"]
        # Playwright keeps an event loop in this thread; the machine's services want one without.
        with ThreadPoolExecutor(1) as pool:
            asset = pool.submit(process_here, music(name), kinds).result()
        public = {"visibility": "public", "published_at": timezone.now()}
        track: Track = TrackFactory.create(version=asset, **(public | fields))
        track.versions.update(status="ready")
        return track

    return action


def process_here(path: Path, kinds: list[str]) -> Asset:
    """Return an asset of this file; to be called in a thread of its own."""
    try:
        return processed(path, kinds)
    finally:
        connections.close_all()


@pytest.fixture(scope="session")
def web(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """One web process for all tests in a browser: starting one takes longer than most of them."""
    build.refresh()
    with django_db_blocker.unblock():
        site = Site(database_url())
    site.serve()
    yield site
    site.stop()


@pytest.fixture
def served(site: Site, web: Site) -> Site:
    """The site, answering, as if nobody had asked it before."""
    cache.clear()
    site.port = web.port
    return site


@pytest.fixture
def sign_in(browser_context: BrowserContext, served: Site) -> SignIn:
    """A function: the browser becomes this person's."""

    def action(user: User) -> None:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        cookie = client.cookies["sessionid"].value
        browser_context.add_cookies([{"name": "sessionid", "value": cookie, "url": served.url}])

    return action


@pytest.fixture
def foreign() -> Iterator[Foreign]:
    """A function: HTML → the address of a page with it on another site."""
    with foreign_site() as action:
        yield action


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the console complained of, violations of the policy included; none at the end."""
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # A screenshot makes the graphics driver remark on its own slowness.
        if message.type in {"error", "warning"} and "GL Driver Message" not in message.text:
            heard.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []
