"""Signing in and out, and staying outside."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client
from rest_framework.settings import api_settings

from config.lib.problems import Problem
from social.models import User
from tests.factories import moderation as judges
from tests.factories.social import PASSWORD, StaffFactory, UserFactory, code_now

pytestmark = pytest.mark.django_db
URL = "/accounts/login/"


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    """Send the form."""
    return client.post(URL, {"login": login, "password": password, **more})


@pytest.mark.parametrize("login", ["mira", "MIRA", "mira@example.org", "Mira@Example.org"])
def test_by_handle_or_address(client: Client, login: str) -> None:
    person = UserFactory(handle="mira")
    assert sign_in(client, login)["Location"] == "/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_password_is_one_sentence_whoever_it_is(client: Client) -> None:
    UserFactory(handle="mira")
    known = sign_in(client, "mira", "wrong").content.decode()
    unknown = sign_in(client, "nobody", "wrong").content.decode()
    sentence = "do not belong together"
    assert sentence in known
    assert sentence in unknown


def test_next_leads_on_but_never_away(client: Client) -> None:
    UserFactory(handle="mira")
    assert sign_in(client, "mira", next="/upload/")["Location"] == "/upload/"
    for trap in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil"):
        client.logout()
        assert sign_in(client, "mira", next=trap)["Location"] == "/"


def test_signing_out_asks_for_a_form(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("closed", [{"is_banned": True}, {"is_active": False}])
def test_a_closed_account_stays_outside(client: Client, closed: dict[str, bool]) -> None:
    UserFactory(handle="mira")
    judges.as_before_decisions(User.objects.filter(handle="mira"), **closed)
    assert sign_in(client, "mira")["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session
    assert client.get("/accounts/inactive/").status_code == 200


def test_a_ban_ends_open_sessions(client: Client) -> None:
    person = UserFactory()
    client.force_login(person, backend="social.accounts.backends.PeopleBackend")
    assert client.get("/upload/").status_code == 200
    judges.ban(person)
    assert client.get("/upload/").status_code == 302
    assert client.get(f"/@{person.handle}/").status_code == 404
    judges.unban(person)
    assert client.get("/upload/").status_code == 200


def test_staff_cannot_be_banned() -> None:
    staff = StaffFactory()
    with pytest.raises(Problem, match="Administrators"):
        judges.ban(staff)
    assert not User.objects.get(pk=staff.pk).is_banned


def test_too_many_failures_close_the_door_for_a_while(client: Client) -> None:
    UserFactory(handle="mira")
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert sign_in(client, "mira", "wrong").status_code == 200
    last = sign_in(client, "Mira", "wrong")
    assert last.status_code == 429
    assert "quarter of an hour" in last.content.decode()
    assert sign_in(client, "mira").status_code == 429  # even with the right one
    assert "_auth_user_id" not in client.session


def test_the_lock_is_on_one_name_from_one_place(client: Client) -> None:
    UserFactory(handle="mira")
    UserFactory(handle="jonas")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "mira", "wrong")
    assert sign_in(client, "jonas").status_code == 302
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert sign_in(elsewhere, "mira").status_code == 302


@pytest.mark.parametrize(("proxies", "code"), [(1, 302), (0, 429)])
def test_an_address_is_believed_as_far_as_proxies_are_ours(
    monkeypatch: pytest.MonkeyPatch, proxies: int, code: int
) -> None:
    UserFactory(handle="mira")
    monkeypatch.setattr(api_settings, "NUM_PROXIES", proxies)
    attacker = Client(headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.7"})
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(attacker, "mira", "wrong")
    assert sign_in(attacker, "mira").status_code == 429
    listener = Client(headers={"X-Forwarded-For": "203.0.113.9"})
    assert sign_in(listener, "mira").status_code == code


def test_a_success_forgives_the_failures(client: Client) -> None:
    UserFactory(handle="mira")
    sign_in(client, "mira", "wrong")
    assert AccessAttempt.objects.exists()
    sign_in(client, "mira")
    assert not AccessAttempt.objects.exists()


def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    StaffFactory(handle="boss")
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    assert client.get("/admin/login/?next=/admin/")["Location"] == f"{URL}?next=%2Fadmin%2F"
    assert sign_in(client, "boss", next="/admin/")["Location"] == "/accounts/2fa/authenticate/"
    shown = client.post("/accounts/2fa/authenticate/", {"code": code_now()})
    assert shown["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    client.force_login(UserFactory())
    assert client.get("/admin/login/").status_code == 403
