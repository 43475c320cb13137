"""Nothing that a client claims of the site or of itself changes what anybody gets to see.

Each header that some server or framework has been known to believe is sent to each class of page,
to daphne alone and through the nginx and gunicorn of `docker/`.
"""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from websockets.sync.client import connect

from media_pipeline.delivery import media_url
from tests.claims import (
    CLAIMS,
    EVIL,
    FOREIGN_HOSTS,
    HOSTS,
    ORIGIN,
    Door,
    addresses_in,
    as_bytes,
    seen,
)
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.mail import Postbox
from tests.proxied import behind_nginx
from tests.sites import Site
from tracks.models import Track


@pytest.fixture
def post() -> Iterator[Postbox]:
    """A real SMTP server that the site sends through."""
    with Postbox.open() as box:
        yield box


@pytest.fixture(params=["daphne", "nginx"])
def door(
    request: pytest.FixtureRequest, site: Site, tmp_path: Path, post: Postbox
) -> Iterator[Door]:
    """The site in each arrangement, with an origin, a mail server and pages that are kept."""
    told = {
        "NEXUS_ORIGINS": ORIGIN,
        "NEXUS_PAGE_CACHE_SECONDS": "600",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(post.port),
    }
    with ExitStack() as stack:
        if request.param == "daphne":
            site.serve(**told)
            url = site.url
        else:
            url = stack.enter_context(behind_nginx(site, tmp_path, **told))
        yield Door(url, stack.enter_context(httpx.Client(base_url=url, timeout=30)))


@pytest.fixture
def track() -> Track:
    """Something that everybody may hear."""
    made: Track = PublicTrackFactory(title="Lanterns")
    return made


@pytest.fixture
def kept(track: Track) -> list[str]:
    """Pages that are kept for the next visitor."""
    return [
        "/",
        "/search/?q=lanterns",
        track.get_absolute_url(),
        f"/embed/track/{track.pk}",
        "/docs/embed/",
        f"/@{track.owner.handle}/",
    ]


@pytest.fixture
def pages(track: Track, kept: list[str]) -> list[str]:
    """One address of every class."""
    assert track.primary_version
    return [
        *kept,
        f"/oembed/?url={ORIGIN}{track.get_absolute_url()}",
        "/accounts/login/",
        "/accounts/signup/",
        "/admin/login/",
        "/api/v1/limits/",
        f"/api/v1/versions/{track.primary_version_id}/",
        "/api/v1/schema/",
        "/health/",
        "/search",
        "/no-such-page/",
        "/api/v1/none/",
        media_url(track.primary_version.media, "none", "master.m3u8"),
        "/m/search/",
        "/static/none.css",
    ]


def test_the_sites_path_is_not_the_clients_to_say(door: Door, track: Track) -> None:
    """Addresses of a kind are put together once in a process: the first one asked is the liar."""
    door.ask("/search/?q=lanterns", **{"Daphne-Root-Path": f"https://{EVIL}"})
    cache.clear()
    page = door.ask("/search/?q=lanterns").text
    assert f'href="{track.get_absolute_url()}' in page
    assert EVIL not in page
    for path in ["/m/accounts/login/", "/m/search/", "/accounts/login/", "/%6d/search/"]:
        answer = door.ask(path, **{"Daphne-Root-Path": "/m"})
        assert answer.status_code == (200 if path == "/accounts/login/" else 404), path
        if answer.headers["Content-Type"].startswith("text/html"):
            assert "default-src" in answer.headers["Content-Security-Policy"], path


def test_no_claim_changes_an_answer_or_what_is_kept(
    door: Door, pages: list[str], kept: list[str]
) -> None:
    """The claim comes first, so that it is what a page, or an address, would be kept of."""
    cache.clear()
    good = {path: seen(door.ask(path)) for path in pages}
    assert all(answer[0] < 500 for answer in good.values())
    for name, value in CLAIMS:
        cache.clear()
        for path in pages:
            assert seen(door.ask(path, **{name: value})) == good[path], (path, name, value)
        for path in kept:
            assert seen(door.ask(path)) == good[path], (path, name, value, "afterwards")
    cache.clear()
    assert {path: seen(door.ask(path)) for path in pages} == good


def test_no_claim_changes_what_an_artist_sees_and_hears(door: Door, track: Track) -> None:
    browser = Client()
    browser.force_login(track.owner, backend=settings.AUTHENTICATION_BACKENDS[-1])
    cookie = browser.cookies["sessionid"].value
    for path in ["/", track.get_absolute_url(), "/accounts/2fa/totp/activate/"]:
        good = door.ask(path, cookie)
        for name, value in CLAIMS:
            answer = door.ask(path, cookie, **{name: value})
            assert answer.status_code == good.status_code, (path, name, value)
            assert EVIL not in answer.text + str(answer.headers), (path, name, value)
            assert addresses_in(answer) == addresses_in(good), (path, name, value)
    address = door.url.replace("http", "ws") + "/ws/queue/"
    for claim in CLAIMS[:4]:
        headers = {"Cookie": f"sessionid={cookie}"} | dict([claim])
        with connect(address, origin=door.url, additional_headers=headers) as socket:
            assert json.loads(socket.recv(10)), claim


def test_no_spelling_of_the_host_changes_an_answer(door: Door, pages: list[str]) -> None:
    for path in pages:
        cache.clear()
        good = seen(door.ask(path))
        for host in HOSTS:
            assert seen(door.ask(path, Host=host)) == good, (path, host)
        for host in FOREIGN_HOSTS:
            status, _, body, _ = seen(door.ask(path, Host=host))
            assert status == 400 or (status, body) == (good[0], good[2]), (path, host, status)
            assert EVIL.encode() not in body
        assert seen(door.ask(path)) == good, path


def _reset(door: Door, email: str, **headers: str) -> int:
    """Ask for a person's new password as a browser would, with these headers besides."""
    with httpx.Client(base_url=door.url, timeout=30) as client:
        form = client.get("/accounts/password/reset/").text
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[-1]
        data = {"csrfmiddlewaretoken": token, "email": email}
        answer = client.post("/accounts/password/reset/", data=data, headers=as_bytes(headers))
        return answer.status_code


def test_the_reset_mail_leads_to_the_configured_origin(door: Door, post: Postbox) -> None:
    person = UserFactory(handle="mira")
    claims = [("Host", "localhost:6666"), *CLAIMS]
    for number, (name, value) in enumerate(claims, start=1):
        cache.clear()  # how often one may ask is another test's
        assert _reset(door, person.email, **{name: value}) == 302, (name, value)
        text = post.wait_for(number).get_content()
        links = re.findall(r"[a-z]+://\S+", text)
        assert links, name
        assert all(link.startswith(f"{ORIGIN}/") or link == ORIGIN for link in links), (name, text)
        assert EVIL not in text
