"""Joining."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client

from social.accounts.hashers import TurnTakingArgon2
from social.models import User
from tests.factories.social import UserFactory
from tests.jobs import do_jobs

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


def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with every password that is hashed or checked."""
    hashed: list[str] = []
    for name in ("encode", "verify"):
        real = getattr(TurnTakingArgon2, name)

        def note(self: Any, *args: Any, real: Any = real, name: str = name) -> Any:
            hashed.append(name)
            return real(self, *args)

        monkeypatch.setattr(TurnTakingArgon2, name, note)
    return hashed


@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("verification", ["optional", "mandatory"])
def test_joining_does_not_tell_who_has_an_account(
    verification: str,
    confirmed: bool,
    settings: Any,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same answer, the same work: one hash and one mail either way."""
    settings.ACCOUNT_EMAIL_VERIFICATION = verification
    known = UserFactory(email="mira@example.org")
    EmailAddress.objects.create(user=known, email=known.email, primary=True, verified=confirmed)
    seen = []
    for handle, email in (("mira", "Mira@Example.org"), ("nora", "nora@example.org")):
        hashed, before, client = watched(monkeypatch), len(mailoutbox), Client()
        answer = client.post(URL, FILLED | {"username": handle, "email": email}, follow=True)
        text = answer.content.decode().lower().replace(handle, "").replace("mira", "")
        text = re.sub(r'value="\w{64}"|nonce="[^"]+"|nora|[0-9a-f-]{36}|mira lund', "", text)
        do_jobs()
        mails = len(mailoutbox) - before
        cookies = sorted(client.cookies)
        seen.append((answer.redirect_chain, answer.status_code, text, hashed, mails, cookies))
        monkeypatch.undo()
        settings.ACCOUNT_EMAIL_VERIFICATION = verification
    assert seen[0][3:5] == (["encode"], 1)
    assert seen[0] == seen[1]


def test_a_claimed_address_becomes_theirs_who_confirms_it(
    mailoutbox: list[EmailMessage],
) -> None:
    UserFactory(handle="first", email="mira@example.org")
    assert join(Client(), username="second") == ""
    do_jobs()
    link = re.search(r"http\S+(/accounts/confirm-email/\S+)", str(mailoutbox[-1].body))
    assert link
    assert Client().post(link[1]).status_code == 302
    confirmed = EmailAddress.objects.get(verified=True)
    assert confirmed.user.handle == "second"


def test_a_forgotten_password_does_not_tell_who_has_an_account(
    mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    UserFactory(email="mira@example.org")
    hashed, seen = watched(monkeypatch), []
    for email in ("mira@example.org", "nobody@example.org"):
        before = len(mailoutbox)
        answer = Client().post("/accounts/password/reset/", {"email": email}, follow=True)
        text = re.sub(r'value="\w{64}"|nonce="[^"]+"', "", answer.content.decode())
        do_jobs()
        seen.append((answer.redirect_chain, text, list(hashed), len(mailoutbox) - before))
    assert seen[0][2:] == ([], 1)
    assert seen[0] == seen[1]


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
    do_jobs()
    assert [message.subject for message in mailoutbox] == [
        "You have an account already",
        "Confirm your address",
    ]


def test_what_was_typed_is_kept_and_escaped(client: Client) -> None:
    html = join(client, username="!", display_name='"><script>alert(1)</script>')
    assert "<script>alert" not in html
    assert "&quot;&gt;&lt;script&gt;" in html
