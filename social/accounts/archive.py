"""Somebody's account and keys, in the archive of their data: no password, no secret."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from config.lib.archive import BYTES, ID, TIME, YES_OR_NO, many, maybe, moment, row, text, thing
from config.lib.kept import Section, register_section
from media_pipeline.models import StorageQuota
from social.models import ApiToken, User

ACCOUNT = row(
    "Your account",
    id=ID,
    handle=text(30),
    display_name=text(80),
    email=text(254),
    emails=many(thing(email=text(254), is_main=YES_OR_NO, is_confirmed=YES_OR_NO)),
    second_factors=many(thing(kind=text(20), created_at=TIME, last_used_at=maybe(TIME))),
    is_staff=YES_OR_NO,
    quota_bytes=maybe(BYTES),
    date_joined=TIME,
    last_login=maybe(TIME),
    leaves_at=maybe(TIME),
)
TOKEN = row(
    "A key of a program: its name and dates, never its text",
    id=ID,
    name=text(80),
    created_at=TIME,
    last_used_at=maybe(TIME),
    revoked_at=maybe(TIME),
)


def _account(person: User) -> Iterator[dict[str, Any]]:
    own = StorageQuota.objects.filter(user=person).values_list("bytes", flat=True)
    emails = EmailAddress.objects.filter(user=person).order_by("pk")
    factors = Authenticator.objects.filter(user=person).order_by("pk")
    yield {
        "id": str(person.pk),
        "handle": person.handle,
        "display_name": person.display_name,
        "email": person.email,
        "emails": [
            {"email": each.email, "is_main": each.primary, "is_confirmed": each.verified}
            for each in emails
        ],
        "second_factors": [
            {
                "kind": each.type,
                "created_at": moment(each.created_at),
                "last_used_at": moment(each.last_used_at),
            }
            for each in factors
        ],
        "is_staff": person.is_staff,
        "quota_bytes": own.first(),
        "date_joined": moment(person.date_joined),
        "last_login": moment(person.last_login),
        "leaves_at": moment(person.leaves_at),
    }


def _tokens(person: User) -> Iterator[dict[str, Any]]:
    for token in ApiToken.objects.filter(user=person).order_by("pk").iterator():
        yield {
            "id": str(token.pk),
            "name": token.name,
            "created_at": moment(token.created_at),
            "last_used_at": moment(token.last_used_at),
            "revoked_at": moment(token.revoked_at),
        }


def register_all() -> None:
    """Say what goes along of accounts."""
    sentence = "Your account: names, e-mail addresses, dates. No password and no secret."
    register_section(Section("account", sentence, ACCOUNT, _account))
    of_keys = "Keys you have given to programs: names and dates, not the keys."
    register_section(Section("api_tokens", of_keys, TOKEN, _tokens))
