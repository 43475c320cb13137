"""Every page that a link leads to opens, and keeps the policy of the site."""

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from social.models import User
from tests.browser.fixtures import Publish, SignIn
from tests.browser.page import until
from tests.factories.media_pipeline import FailedJobFactory, UploadFactory
from tests.factories.social import StaffFactory
from tests.factories.tracks import TrackFactory
from tests.proxied import behind_nginx
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)

LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
HREFS = "all => all.map((a) => a.href)"
ENOUGH_PAGES = 200
NEVER = re.compile(r"/accounts/logout/|/download/|/m/|/api/|/static/")
# One of each kind is enough: ids and handles do not change a page's make.
ALIKE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|/\d+/|_\d+")
# Lists of one make: each way of browsing, each kind of feed and format once.
LISTS = re.compile(r"^/(browse/\w+|feeds/\w+|tags|artists|labels|charities)/[^/]+/")


def _files(page: Page, seen: set[str]) -> list[str]:
    """Fetch what a page offers to keep; return what did not come."""
    wrong = []
    for found in page.eval_on_selector_all("a[download]", HREFS):
        if found not in seen and not NEVER.search(urlsplit(found).path):
            seen.add(found)
            answer = page.request.get(found)
            if answer.status >= 400:
                wrong.append(f"{found} answered {answer.status}")
    return wrong


def crawl(page: Page, site: Site, *, start: str = "/", at_least: int) -> list[str]:
    """Follow links of the site from one page; return what was wrong, page by page."""
    page.add_init_script(LISTEN)
    wrong: list[str] = []
    page.on("console", lambda m: m.type == "error" and wrong.append(f"{page.url} {m.text}"))
    page.on("pageerror", lambda error: wrong.append(f"{page.url} {error}"))
    waiting, seen = [start], {start}
    count = 0
    while waiting and count < ENOUGH_PAGES:
        path = waiting.pop(0)
        answer = page.goto(site.url + path)
        count += 1
        if answer is None or answer.status >= 400:
            wrong.append(f"{path} answered {answer and answer.status}")
        # Our own pages go on working after they are loaded; the admin's do not.
        page.wait_for_load_state("load" if path.startswith("/admin/") else "networkidle")
        wrong += [f"{path} {each}" for each in page.evaluate("window.violations")]
        wrong += _files(page, seen)
        for found in page.eval_on_selector_all("a[href]:not([download])", HREFS):
            where = urlsplit(urljoin(site.url + path, found))
            kind = LISTS.sub(r"/\1/*/", ALIKE.sub("*", where.path))
            ours = where.netloc == urlsplit(site.url).netloc
            if ours and kind not in seen and not NEVER.search(where.path):
                seen.add(kind)
                waiting.append(where.path + (f"?{where.query}" if where.query else ""))
    assert not waiting, f"more than {ENOUGH_PAGES} kinds of pages: {waiting}"
    assert count >= at_least, f"only {seen} were found"
    return wrong


@pytest.fixture
def artist(publish: Publish) -> User:
    """Somebody with a published piece, one that failed, and an upload under way."""
    track = publish("music/10-solo-trumpet.ogg", title="Trumpet")
    failed = TrackFactory(owner=track.owner, title="Broken")
    assert failed.primary_version
    FailedJobFactory(asset=failed.primary_version.media.asset)
    UploadFactory(owner=track.owner)
    owner: User = track.owner
    return owner


def test_a_visitor_meets_no_broken_page(artist: User, served: Site, page: Page) -> None:
    assert crawl(page, served, at_least=6) == []


@pytest.mark.long("visits every page")
def test_an_artist_meets_no_broken_page(
    artist: User, served: Site, page: Page, sign_in: SignIn
) -> None:
    sign_in(artist)
    assert crawl(page, served, at_least=12) == []


@pytest.mark.long("visits every page")
def test_nor_does_an_artist_behind_nginx(
    artist: User, served: Site, page: Page, sign_in: SignIn, tmp_path: Path
) -> None:
    """The arrangement of `docker/`: static files and music from nginx, pages from gunicorn."""
    proxied = Site(served.database)
    try:
        with behind_nginx(proxied, tmp_path) as url:
            proxied.port = urlsplit(url).port or 80
            sign_in(artist)
            assert crawl(page, proxied, at_least=12) == []
    finally:
        proxied.stop()


@pytest.mark.long("visits every page")
def test_an_administrator_meets_no_broken_page(
    artist: User, served: Site, page: Page, sign_in: SignIn
) -> None:
    sign_in(StaffFactory())
    assert crawl(page, served, start="/admin/", at_least=40) == []


def test_the_policy_bites(served: Site, page: Page) -> None:
    """What a hole in a template would let in is not run, and is seen by the listener."""
    page.add_init_script(LISTEN)
    page.goto(served.url)
    page.evaluate(
        """() => {
          document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.bad = 1'>");
          const inline = document.createElement("script");
          inline.textContent = "window.bad = 2";
          document.body.append(inline);
          const style = document.createElement("style");
          style.textContent = "body { display: none }";
          document.body.append(style);
        }"""
    )
    until(page, "window.violations.length >= 3")
    assert page.evaluate("window.bad") is None
    expect(page.locator("body")).to_be_visible()


def test_the_live_socket_is_within_the_policy(
    artist: User, served: Site, browser_context: BrowserContext
) -> None:
    page = browser_context.new_page()
    page.add_init_script(LISTEN)
    page.goto(served.url)
    page.evaluate("new WebSocket(location.origin.replace('http', 'ws') + '/ws/none/')")
    page.evaluate("new WebSocket('ws://192.0.2.1/elsewhere/')")
    until(page, "window.violations.length >= 1")
    violations = page.evaluate("window.violations")
    assert len(violations) == 1
    assert "192.0.2.1" in violations[0]
