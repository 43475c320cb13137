"""What people and programs read when something is refused or goes wrong."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from tests.factories.social import UserFactory


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def garbled(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("postgresql://nexus:hunter2@db/nexus does not answer")


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


doors = [
    path("forbidden/", forbidden),
    path("garbled/", garbled),
    path("broken/", broken),
    path("form/", form),
]
urlpatterns = [path("", include(doors)), path("api/v1/", include(doors)), path("", include("config.urls"))]  # fmt: skip # noqa: E501
handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.missing"
handler500 = "config.errors.broken"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

CASES = [
    ("forbidden", 403, "permission-denied"),
    ("garbled", 400, "bad-request"),
    ("nowhere", 404, "not-found"),
    ("broken", 500, "server-error"),
]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(("door", "status", "_kind"), CASES)
def test_people_get_a_page_in_our_own_look(
    visitor: Client, door: str, status: int, _kind: str
) -> None:
    answer = visitor.get(f"/{door}/")
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "<h1" in answer.content.decode()
    assert "hunter2" not in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("door", "status", "kind"), CASES)
def test_programs_get_a_problem(visitor: Client, door: str, status: int, kind: str) -> None:
    answer = visitor.get(f"/api/v1/{door}/")
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == f"/problems/{kind}"
    assert answer.json()["detail"].endswith(".")
    assert "hunter2" not in answer.content.decode()


def test_a_form_without_its_token_says_what_to_do(visitor: Client) -> None:
    answer = visitor.post("/form/")
    assert answer.status_code == 403
    assert "send it again" in answer.content.decode()


def test_the_page_of_a_breakdown_needs_no_database(
    visitor: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert visitor.get("/broken/").status_code == 500


@pytest.mark.parametrize("colour", ["b4552d", "000000"])
def test_an_accent_is_a_sheet_to_keep(visitor: Client, colour: str) -> None:
    answer = visitor.get(f"/accent/{colour}.css")
    assert answer.content.decode() == f":root{{--music:#{colour}}}\n"
    assert answer.headers["Content-Type"] == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("colour", ["b4552", "B4552D", "b4552d0", "fff}*{color:re", "b4552g"])
def test_an_accent_is_six_small_hex_digits(visitor: Client, colour: str) -> None:
    assert visitor.get(f"/accent/{colour}.css").status_code == 404


def test_brackets_without_end_are_no_json(client: Client) -> None:
    client.force_login(UserFactory.create())
    answer = client.post("/api/v1/uploads/", b"[" * 100_000, content_type="application/json")
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/parse-error")


@pytest.mark.parametrize(("token", "kind"), [("", "application/json"), ("x", "application/xml")])
def test_refusals_say_what_to_do(client: Client, token: str, kind: str) -> None:
    if token:
        client.force_login(UserFactory.create())
    answer = client.post("/api/v1/uploads/", b"<x/>", content_type=kind)
    assert answer.json()["detail"] == (
        "Send JSON." if token else "Sign in, or send an API token along."
    )
