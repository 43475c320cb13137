"""Nothing that a client claims of the site or of itself changes what anybody gets to see.

Each header that some server or framework has been known to believe is sent to each class of page,
to daphne alone and through the nginx and gunicorn of `docker/`.
"""

import json
import re

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
from tests.depth import depth
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.indexing import index
from tests.mail import Postbox
from tracks.models import Track


@pytest.fixture
def track() -> Track:
    """Something that everybody may hear."""
    made: Track = PublicTrackFactory(title="Lanterns")
    index()
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


def test_the_sites_path_is_not_the_clients_to_say(arrangement: Door, track: Track) -> None:
    """Addresses of a kind are put together once in a process: the first one asked is the liar."""
    arrangement.ask("/search/?q=lanterns", **{"Daphne-Root-Path": f"https://{EVIL}"})
    cache.clear()
    page = arrangement.ask("/search/?q=lanterns").text
    assert f'href="{track.get_absolute_url()}' in page
    assert EVIL not in page
    for path in ["/m/accounts/login/", "/m/search/", "/accounts/login/", "/%6d/search/"]:
        answer = arrangement.ask(path, **{"Daphne-Root-Path": "/m"})
        assert answer.status_code == (200 if path == "/accounts/login/" else 404), path
        if answer.headers["Content-Type"].startswith("text/html"):
            assert "default-src" in answer.headers["Content-Security-Policy"], path


PARTS = 6  # of the claims
# Several at once in `make test`: an answer that stays the same was changed by none of them.
GROUPS = depth(some=PARTS, all_of_them=len(CLAIMS))
CLAIMED = [dict(CLAIMS[number::GROUPS]) for number in range(GROUPS)]


def test_no_claim_is_lost_in_the_groups() -> None:
    assert sorted(claim for group in CLAIMED for claim in group.items()) == sorted(CLAIMS)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_claim_changes_an_answer_or_what_is_kept(
    arrangement: Door, pages: list[str], kept: list[str], part: int
) -> None:
    """The claim comes first, so that it is what a page, or an address, would be kept of."""
    cache.clear()
    good = {path: seen(arrangement.ask(path)) for path in pages}
    assert all(answer[0] < 500 for answer in good.values())
    for claims in CLAIMED[part::PARTS]:
        cache.clear()
        for path in pages:
            assert seen(arrangement.ask(path, **claims)) == good[path], (path, claims)
        for path in kept:
            assert seen(arrangement.ask(path)) == good[path], (path, claims, "afterwards")
    cache.clear()
    assert {path: seen(arrangement.ask(path)) for path in pages} == good


@pytest.mark.parametrize("part", range(PARTS))
def test_no_claim_changes_what_an_artist_sees_and_hears(
    arrangement: Door, track: Track, part: int
) -> None:
    browser = Client()
    browser.force_login(track.owner, backend=settings.AUTHENTICATION_BACKENDS[-1])
    cookie = browser.cookies["sessionid"].value
    for path in ["/", track.get_absolute_url(), "/accounts/2fa/totp/activate/"]:
        good = arrangement.ask(path, cookie)
        for claims in CLAIMED[part::PARTS]:
            answer = arrangement.ask(path, cookie, **claims)
            assert answer.status_code == good.status_code, (path, claims)
            assert EVIL not in answer.text + str(answer.headers), (path, claims)
            assert addresses_in(answer) == addresses_in(good), (path, claims)
    address = arrangement.url.replace("http", "ws") + "/ws/queue/"
    for claim in CLAIMS[:4]:
        headers = {"Cookie": f"sessionid={cookie}"} | dict([claim])
        with connect(address, origin=arrangement.url, additional_headers=headers) as socket:
            assert json.loads(socket.recv(10)), claim


def test_no_spelling_of_the_host_changes_an_answer(arrangement: Door, pages: list[str]) -> None:
    for path in pages:
        cache.clear()
        good = seen(arrangement.ask(path))
        for host in HOSTS:
            assert seen(arrangement.ask(path, Host=host)) == good, (path, host)
        for host in FOREIGN_HOSTS:
            status, _, body, _ = seen(arrangement.ask(path, Host=host))
            assert status == 400 or (status, body) == (good[0], good[2]), (path, host, status)
            assert EVIL.encode() not in body
        assert seen(arrangement.ask(path)) == good, path


def _reset(arrangement: Door, email: str, **headers: str) -> int:
    """Ask for a person's new password as a browser would, with these headers besides."""
    with httpx.Client(base_url=arrangement.url, timeout=30) as client:
        form = client.get("/accounts/password/reset/").text
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[-1]
        data = {"csrfmiddlewaretoken": token, "email": email}
        answer = client.post("/accounts/password/reset/", data=data, headers=as_bytes(headers))
        return answer.status_code


def test_the_reset_mail_leads_to_the_configured_origin(arrangement: Door, post: Postbox) -> None:
    person = UserFactory(handle="mira")
    claims = [("Host", "localhost:6666"), *CLAIMS]
    for number, (name, value) in enumerate(claims, start=1):
        cache.clear()  # how often one may ask is another test's
        assert _reset(arrangement, person.email, **{name: value}) == 302, (name, value)
        text = post.wait_for(number).get_content()
        links = re.findall(r"[a-z]+://\S+", text)
        assert links, name
        assert all(link.startswith(f"{ORIGIN}/") or link == ORIGIN for link in links), (name, text)
        assert EVIL not in text
