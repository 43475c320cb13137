"""Joining."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from social.models import User
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db
URL = "/accounts/signup/"
FILLED = {
    "username": "mira",
    "display_name": "Mira Lund",
    "email": "mira@example.org",
    "password1": "seven quiet harbours",
}


def join(client: Client, **changes: str) -> str:
    """Send the form; return the page that answers, empty when it led on."""
    answer = client.post(URL, FILLED | changes)
    return "" if answer.status_code == 302 else answer.content.decode()


def test_a_new_person_is_signed_in_at_once(client: Client) -> None:
    assert join(client) == ""
    person = User.objects.get(handle="mira")
    assert (person.display_name, person.email) == ("Mira Lund", "mira@example.org")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.password.startswith("argon2")


def test_the_display_name_may_be_left_out(client: Client) -> None:
    join(client, display_name="")
    assert User.objects.get(handle="mira").name == "mira"


def test_a_handle_has_one_form(client: Client) -> None:
    join(client, username=" @MiRa ")
    assert User.objects.filter(handle="mira").exists()


@pytest.mark.parametrize(
    ("handle", "sentence"),
    [
        ("m", "at least 2 characters"),
        ("m" * 31, "30 characters"),
        ("mira lund", "Use only the letters"),
        ("mîra", "Use only the letters"),
        ("-mira", "Begin and end"),
        ("mira_", "Begin and end"),
        ("admin", "kept for the site itself"),
        ("API", "kept for the site itself"),
        ("system", "kept for the site itself"),
        ("", "required"),
    ],
)
def test_a_handle_that_cannot_be_is_refused_with_a_sentence(
    client: Client, handle: str, sentence: str
) -> None:
    assert sentence in join(client, username=handle)
    assert not User.objects.exclude(handle="system").exists()


def test_a_taken_handle_is_refused(client: Client) -> None:
    UserFactory(handle="mira")
    assert "Somebody has this name already" in join(client)


@pytest.mark.parametrize("password", ["short", "1234567890", "password123", "mira@example.org"])
def test_a_weak_password_is_refused(client: Client, password: str) -> None:
    assert 'id="id_password1_error"' in join(client, password1=password)


def test_an_address_has_one_account(client: Client) -> None:
    UserFactory(email="mira@example.org")
    assert "Sign in instead" in join(client, email="Mira@Example.org")
    assert User.objects.filter(email="mira@example.org").count() == 1


def test_where_addresses_are_confirmed_a_known_one_is_not_told_to_a_stranger(
    client: Client, settings: Any, mailoutbox: list[EmailMessage]
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    UserFactory(email="mira@example.org")
    known = client.post(URL, FILLED)
    other = Client().post(URL, FILLED | {"username": "other", "email": "other@example.org"})
    assert (known.status_code, known["Location"]) == (other.status_code, other["Location"])
    assert User.objects.filter(email="mira@example.org").count() == 1
    assert "_auth_user_id" not in client.session
    assert [message.subject for message in mailoutbox] == [
        "You have an account already",
        "Confirm your address",
    ]


def test_what_was_typed_is_kept_and_escaped(client: Client) -> None:
    html = join(client, username="!", display_name='"><script>alert(1)</script>')
    assert "<script>alert" not in html
    assert "&quot;&gt;&lt;script&gt;" in html
