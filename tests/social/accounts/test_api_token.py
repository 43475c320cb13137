"""Keys for programs, from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.request import Request

from social.accounts.api import BearerTokenAuthentication
from social.models import ApiToken, User
from tests.factories import moderation as judges
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    """Run the command; return its last word."""
    out = StringIO()
    call_command("api_token", *words, stdout=out)
    return out.getvalue().split()[-1]


def who(text: str) -> User | None:
    """Return for whom a program with this Authorization header speaks."""
    request = RequestFactory().get("/", headers={"Authorization": text})
    found = BearerTokenAuthentication().authenticate(Request(request))
    return found[0] if found else None


def test_the_last_word_is_a_token_that_works() -> None:
    person = UserFactory(handle="mira")
    text = run("@Mira", "--name", "backup script")
    assert who(f"Bearer {text}") == person
    row = ApiToken.objects.get()
    assert row.name == "backup script"
    assert text not in [str(value) for value in vars(row).values()]
    row.refresh_from_db()
    assert row.last_used_at is not None


def test_create_makes_an_ordinary_account_once() -> None:
    run("newcomer", "--create")
    run("newcomer", "--create")
    person = User.objects.get(handle="newcomer")
    assert not person.is_staff
    assert not person.has_usable_password()
    assert person.api_tokens.count() == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nobody"], "Nobody is called 'nobody'"),
        (["no good", "--create"], "Use only the letters"),
        (["api", "--create"], "kept for the site"),
        (["mira", "--revoke", "nxs_none"], "no live token"),
        (["mira", "--revoke", ""], "no live token"),
    ],
)
def test_what_cannot_be_done_is_said(words: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(*words)


def test_revoking_ends_a_token_and_only_that() -> None:
    UserFactory(handle="mira")
    first, second = run("mira"), run("mira")
    run("mira", "--revoke", first[:12])
    with pytest.raises(exceptions.AuthenticationFailed):
        who(f"Bearer {first}")
    assert who(f"Bearer {second}")


@pytest.mark.parametrize("closed", ["is_banned", "is_active"])
def test_a_closed_account_speaks_through_no_token(closed: str) -> None:
    person = UserFactory()
    _, text = ApiToken.issue(user=person)
    judges.as_before_decisions(User.objects.filter(pk=person.pk), **{closed: closed == "is_banned"})
    with pytest.raises(exceptions.AuthenticationFailed):
        who(f"Bearer {text}")


@pytest.mark.parametrize("header", ["", "Basic bWlyYTp4", "Token nxs_x"])
def test_other_schemes_are_left_to_others(header: str) -> None:
    assert who(header) is None


def test_use_is_noted_seldom() -> None:
    row, text = ApiToken.issue(user=UserFactory())
    ApiToken.objects.update(last_used_at=timezone.now())
    before = ApiToken.objects.get().last_used_at
    who(f"bearer {text}")
    assert ApiToken.objects.get(pk=row.pk).last_used_at == before
