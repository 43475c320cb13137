"""Every page of an account is one of ours: our frame, our stylesheet, no server error."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.factories.social import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

OUTSIDE = ["login/", "signup/", "logout/", "inactive/", "password/reset/", "password/reset/done/"]
OUTSIDE += ["password/reset/key/done/", "password/reset/key/1-set-password/", "confirm-email/"]
OUTSIDE += ["confirm-email/nonsense/"]
INSIDE = ["email/", "password/change/", "logout/", "reauthenticate/", "2fa/"]
INSIDE += ["2fa/totp/activate/", "confirm-email/"]


def is_ours(html: str) -> bool:
    """Tell whether the page stands in our frame."""
    return 'class="skip-link"' in html and "site-header" in html


@pytest.mark.parametrize("path", OUTSIDE)
def test_pages_for_visitors(client: Client, path: str) -> None:
    page = client.get(f"/accounts/{path}", follow=True)
    assert page.status_code == 200
    assert is_ours(page.content.decode())


@pytest.mark.parametrize("path", INSIDE)
def test_pages_for_members(client: Client, path: str) -> None:
    person = UserFactory()
    client.post("/accounts/login/", {"login": person.handle, "password": PASSWORD})
    page = client.get(f"/accounts/{path}", follow=True)
    assert page.status_code == 200
    assert is_ours(page.content.decode())


FOREIGN = ["Two-Factor", "Email Address", "can’t be too similar", "Please"]


@pytest.mark.parametrize("path", ["email/", "password/change/", "2fa/", "reauthenticate/"])
def test_members_pages_speak_plainly(client: Client, path: str) -> None:
    person = UserFactory()
    client.post("/accounts/login/", {"login": person.handle, "password": PASSWORD})
    for page in (client.get(f"/accounts/{path}"), client.post(f"/accounts/{path}", {})):
        html = page.content.decode()
        assert [words for words in FOREIGN if words in html] == []


def test_a_wrong_password_is_said_beside_its_field(client: Client) -> None:
    person = UserFactory()
    client.post("/accounts/login/", {"login": person.handle, "password": PASSWORD})
    form = {"oldpassword": "no", "password1": "short", "password2": "short"}
    html = client.post("/accounts/password/change/", form).content.decode()
    assert "This is not your password. Try again." in html
    assert "At least 10 characters" in html


def test_a_second_factor_is_asked_for_once_it_is_there(client: Client) -> None:
    person = UserFactory(handle="mira")
    credentials = {"login": "mira", "password": PASSWORD}
    client.post("/accounts/login/", credentials)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    form = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"\b[A-Z2-7]{32}\b", form)
    assert secret
    code = format_hotp_value(hotp_value(secret[0], int(time.time()) // 30))
    done = client.post("/accounts/2fa/totp/activate/", {"code": code}, follow=True)
    assert person.authenticator_set.exists()
    assert is_ours(done.content.decode())
    for page in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/"):
        html = client.get(f"/accounts/2fa/{page}", follow=True).content.decode()
        assert is_ours(html)
        assert [words for words in FOREIGN if words in html] == []

    elsewhere = Client()
    asked = elsewhere.post("/accounts/login/", credentials, follow=True)
    assert asked.request["PATH_INFO"] == "/accounts/2fa/authenticate/"
    assert is_ours(asked.content.decode())
    assert "_auth_user_id" not in elsewhere.session
    assert elsewhere.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in elsewhere.session
