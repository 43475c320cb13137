"""What visitors who are not signed in see may be ten seconds old, but never somebody else's."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path

from config.lib import redis
from config.lib.page_cache import bump, cacheable

made: list[str] = []


def _page(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    return HttpResponse(f"<p>{len(made)} {request.headers.get('HX-Request', '')}")


@cacheable("before")
def shared(request: HttpRequest) -> HttpResponse:
    return _page(request)


@cacheable()
def other(request: HttpRequest) -> HttpResponse:
    return _page(request)


@cacheable()
def with_form(request: HttpRequest) -> HttpResponse:
    get_token(request)
    return _page(request)


@cacheable()
def with_session(request: HttpRequest) -> HttpResponse:
    request.session["seen"] = 1
    return _page(request)


@cacheable()
def with_nonce(request: HttpRequest) -> HttpResponse:
    str(request.csp_nonce)  # type: ignore[attr-defined]
    return _page(request)


@cacheable()
def as_json(request: HttpRequest) -> HttpResponse:
    made.append("")
    return HttpResponse(str(len(made)), content_type="application/json")


@cacheable()
def refusing(request: HttpRequest) -> HttpResponse:
    response = _page(request)
    response.status_code = 404
    return response


urlpatterns = [
    path("shared/", shared),
    path("plain/", _page),
    path("other/", other),
    path("form/", with_form),
    path("session/", with_session),
    path("nonce/", with_nonce),
    path("json/", as_json),
    path("refusing/", refusing),
]


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> Iterator[None]:
    settings.ROOT_URLCONF = __name__
    settings.PAGE_CACHE_SECONDS = 10
    made.clear()
    cache.clear()
    yield
    cache.clear()


pytestmark = pytest.mark.django_db


def test_a_page_is_made_once_for_all_visitors() -> None:
    first, second = Client().get("/shared/"), Client().get("/shared/")
    assert len(made) == 1
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    assert "default-src" in second.headers["Content-Security-Policy"]


def test_query_host_and_parts_are_pages_of_their_own(client: Client) -> None:
    client.get("/shared/")
    assert b"true" in client.get("/shared/", headers={"HX-Request": "true"}).content
    client.get("/shared/?before=1")
    client.get("/shared/", headers={"Host": "127.0.0.1"})
    assert len(made) == 4


def kept() -> int:
    """Return how many pages Redis holds."""
    return sum(1 for _ in redis.client().scan_iter("*page:*"))


def test_made_up_parameters_make_no_copies_and_are_not_seen(client: Client) -> None:
    first = client.get("/shared/?before=1")
    for query in ("x=1&before=1", "before=1&utm_source=2", "x=%00&before=1&y=<b>"):
        assert client.get(f"/shared/?{query}").content == first.content
    assert made == ["/shared/?before=1"]
    client.get("/shared/?z=1")
    assert made[1:] == ["/shared/"], "a page without any, made for who sent one"
    client.get("/shared/")
    assert len(made) == 2


def test_a_parameter_of_other_pages_makes_no_copy(client: Client) -> None:
    before = kept()
    for n in range(3):
        client.get(f"/json/?before={n}")
        client.get(f"/form/?before={n}")
        client.get(f"/other/?before={n}")
    assert kept() == before
    client.get("/other/")
    assert kept() == before + 1


def test_a_query_without_end_is_nobodys_page(client: Client) -> None:
    for _ in range(2):
        client.get("/shared/?" + "&".join(f"x{n}" for n in range(60)))
    assert len(made) == 2


@pytest.mark.parametrize("address", ["plain", "form", "session", "nonce", "json", "refusing"])
def test_what_may_be_somebodys_own_is_not_kept(address: str) -> None:
    for _ in range(2):
        Client().get(f"/{address}/")
    assert len(made) == 2


def test_a_form_token_is_not_kept_for_who_has_the_cookie() -> None:
    visitor = Client()
    for _ in range(2):
        visitor.get("/form/")
    Client().get("/form/")
    assert len(made) == 3


def test_who_is_signed_in_neither_leaves_nor_gets_a_kept_page(client: Client) -> None:
    fan = get_user_model().objects.create_user("fan")
    client.force_login(fan)
    client.get("/shared/")
    Client().get("/shared/")
    client.get("/shared/")
    assert len(made) == 3


def test_programs_and_writes_pass_by(client: Client) -> None:
    client.get("/shared/", headers={"Authorization": "Bearer x"})
    client.post("/shared/")
    client.get("/shared/")
    assert len(made) == 3


@pytest.mark.django_db(transaction=True)
def test_a_bump_ends_every_page_at_once(client: Client) -> None:
    client.get("/shared/")
    bump()
    client.get("/shared/")
    assert len(made) == 2


@pytest.mark.django_db(transaction=True)
def test_a_page_made_before_the_change_is_not_kept_after_it(client: Client) -> None:
    """The change commits while the page, read before it, is still being rendered."""

    @cacheable()
    def slow(request: HttpRequest) -> HttpResponse:
        if not made:
            bump()
        return _page(request)

    urlpatterns.append(path("slow/", slow))
    try:
        client.get("/slow/")
        client.get("/slow/")
    finally:
        urlpatterns.pop()
    assert len(made) == 2
