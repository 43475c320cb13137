"""What visitors who are not signed in see may be ten seconds old, but never somebody else's."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path

from config.lib import redis
from config.lib.kept_pages import EVERYBODY, forget
from config.lib.page_cache import PERSON_COOKIE, cacheable, concerns, shows

made: list[str] = []
concerned: list[Any] = []


def _page(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    return HttpResponse(f"<p>{len(made)} {request.headers.get('HX-Request', '')}")


@cacheable("before")
def shared(request: HttpRequest) -> HttpResponse:
    shows("track:1", "person:1")
    concerns(request, *concerned)
    return _page(request)


@cacheable()
def other(request: HttpRequest) -> HttpResponse:
    return _page(request)


@cacheable(own=[EVERYBODY])
def for_visitors(request: HttpRequest) -> HttpResponse:
    return _page(request)


@cacheable()
def for_members(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        raise Http404
    return _page(request)


@cacheable()
def with_message(request: HttpRequest) -> HttpResponse:
    said = " ".join(str(one) for one in messages.get_messages(request))
    return HttpResponse(f"<p>{said} {_page(request).content!r}")


def saying(request: HttpRequest) -> HttpResponse:
    messages.success(request, "For one alone")
    return HttpResponse("ok")


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
    path("visitors/", for_visitors),
    path("members/", for_members),
    path("message/", with_message),
    path("saying/", saying),
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
    concerned.clear()
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


def signed_in(handle: str = "fan") -> tuple[Client, Any]:
    """Return a client that has seen a page, and so has the cookie that says who it is."""
    client, person = Client(), get_user_model().objects.create_user(handle)
    client.force_login(person)
    client.get("/other/")
    made.clear()
    assert client.cookies[PERSON_COOKIE].value == str(person.pk)
    return client, person


def test_one_page_is_for_visitors_and_whoever_is_signed_in() -> None:
    fan, _ = signed_in()
    pages = {client.get("/shared/").content for client in (fan, Client(), fan, Client())}
    assert len(made) == len(pages) == 1
    Client().get("/other/")
    fan.get("/other/")
    assert len(made) == 2


def test_whom_it_concerns_gets_a_page_of_their_own() -> None:
    fan, person = signed_in()
    concerned.append(person.pk)
    own = fan.get("/shared/").content
    assert Client().get("/shared/").content != own
    fan.get("/shared/")
    Client().get("/shared/")
    assert len(made) == 3
    other, _ = signed_in("other")
    other.get("/shared/")
    assert not made, "somebody else shares the visitors' page"


def test_some_pages_are_for_visitors_alone() -> None:
    fan, _ = signed_in()
    for client in (fan, Client(), fan, Client()):
        client.get("/visitors/")
    assert len(made) == 3


def test_what_only_members_may_open_is_kept_for_nobody() -> None:
    fan, _ = signed_in()
    assert fan.get("/members/").status_code == 200
    assert fan.get("/members/").status_code == 200
    assert len(made) == 2


def test_a_session_of_nobody_known_is_never_served(client: Client) -> None:
    Client().get("/shared/")
    client.force_login(get_user_model().objects.create_user("fan"))
    client.get("/shared/")
    assert len(made) == 2
    client.get("/shared/")
    assert len(made) == 2, "with the cookie that page has set"


def test_the_cookie_goes_with_the_session() -> None:
    fan, _ = signed_in()
    fan.logout()
    fan.cookies[PERSON_COOKIE] = "0" * 8
    assert fan.get("/other/").cookies[PERSON_COOKIE]["max-age"] == 0


@pytest.mark.parametrize("said", [1, 90], ids=["in a cookie", "in the session"])
def test_a_message_for_one_is_in_no_page_for_all(said: int) -> None:
    fan, _ = signed_in()
    for _ in range(said):
        fan.get("/saying/")
    assert b"For one alone" in fan.get("/message/").content
    assert b"For one alone" not in Client().get("/message/").content


def test_programs_and_writes_pass_by(client: Client) -> None:
    client.get("/shared/", headers={"Authorization": "Bearer x"})
    client.post("/shared/")
    client.get("/shared/")
    assert len(made) == 3


@pytest.mark.django_db(transaction=True)
def test_one_things_pages_are_forgotten_and_no_others(client: Client) -> None:
    for _ in range(2):
        client.get("/shared/")
        client.get("/other/")
    assert len(made) == 2
    forget("track:1")
    client.get("/shared/")
    client.get("/other/")
    assert made[2:] == ["/shared/"]
    forget("track:2", "person:1")
    client.get("/shared/")
    assert len(made) == 4


@pytest.mark.django_db(transaction=True)
def test_a_page_made_before_the_change_is_not_kept_after_it(client: Client) -> None:
    """The change commits while the page, read before it, is still being rendered."""

    @cacheable()
    def slow(request: HttpRequest) -> HttpResponse:
        shows("track:1")
        if not made:
            forget("track:1")
        return _page(request)

    urlpatterns.append(path("slow/", slow))
    try:
        for _ in range(3):
            client.get("/slow/")
    finally:
        urlpatterns.pop()
    assert len(made) == 2
