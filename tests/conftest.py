"""What every test may ask for."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.signals import user_logged_in
from django.test import TransactionTestCase
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django import DjangoDbBlocker

from config.assets import build
from config.setup import chromium, nginx
from tests import clients, database, ears
from tests import music as sound
from tests.browser.page import goto_and_wake
from tests.factories.social import remember_code
from tests.hashing import quick
from tests.sites import Site, running_site

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


pytest_plugins = ["tests.stages", "tests.browser.fixtures", "tests.budget"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: Playwright leaves an event loop in the thread.

    No test may call async code from sync in there.
    """
    items.sort(key=lambda item: "chromium_browser" in getattr(item, "fixturenames", ()))
    from tests.budget import check_marks  # a plugin: pytest rewrites it first

    check_marks(items)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let each test find what the migrations left, whatever the one before it committed."""
    with django_db_blocker.unblock():
        database.hurry()
        database.remember()
    TransactionTestCase._fixture_teardown = database.put_back  # type: ignore[attr-defined]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly which tests nobody has seen pass here, because a program was missing."""
    skipped = terminalreporter.stats.get("skipped", [])
    for advice in (nginx.ADVICE, ears.ADVICE, ears.NO_MUSIC):
        unseen = sorted({one.nodeid for one in skipped if advice in str(one.longrepr)})
        if unseen:
            terminalreporter.section("not everything was tested", red=True, bold=True)
            terminalreporter.line(f"{len(unseen)} tests: {advice}")
            for name in unseen:
                terminalreporter.line(f"  {name}")


@pytest.fixture(scope="session", autouse=True)
def shared_middleware() -> None:
    """Load the middleware once in a process."""
    clients.share_middleware()


@pytest.fixture(scope="session", autouse=True)
def codes_were_shown() -> None:
    """Let `force_login` be a sign-in with the second factor of whoever has one."""
    user_logged_in.connect(remember_code)


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hash passwords in a millisecond; a site's own processes take their time."""
    with quick():
        yield


@pytest.fixture
def real_hashes() -> Iterator[None]:
    """Hash passwords as the site does."""
    with quick(memory_cost=Argon2PasswordHasher.memory_cost, time_cost=2, parallelism=8):
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Collect anew what an earlier run collected, when a source has changed since."""
    if Path(settings.STATIC_ROOT).is_dir():
        build.refresh()


@pytest.fixture(scope="session")
def music(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function: path of a piece below the music folder → a file one may read."""
    folder = tmp_path_factory.mktemp("music")
    return lambda name: sound.real_or_tone(name, folder)


@pytest.fixture
def tone(tmp_path: Path) -> Callable[..., Path]:
    """A function: name of a file, `seconds`, `rate`, `channels`, `options` → a rendered tone."""
    return lambda name="tone.wav", **how: sound.tone(tmp_path / name, **how)


@pytest.fixture
def site(transactional_db: None) -> Iterator[Site]:
    """The site as real processes: `site.serve()`, `site.work("fast")`, `site.launch(…)`."""
    yield from running_site()


@pytest.fixture
def door(transactional_db: None) -> None:
    """Load the site's own door, which looks at the database, before an event loop runs."""
    import config.asgi  # noqa: F401


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Browser]:
    """One real Chromium for all browser tests; fails, never skips, where there is none."""
    program = chromium.find_light()
    if program is None:
        pytest.fail(chromium.ADVICE, pytrace=False)
    # Playwright keeps an event loop in this thread, which Django takes for an async context.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    Page.goto = goto_and_wake  # type: ignore[assignment,method-assign]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def browser_context(chromium_browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile."""
    context = chromium_browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(browser_context: BrowserContext) -> Page:
    """An empty page of a fresh profile."""
    return browser_context.new_page()
