"""People."""

import time
from datetime import timedelta
from typing import Any

import factory
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from social.models import ApiToken, User
from social.staff.rules import FRESH_FOR

PASSWORD = "correct horse battery"  # the one password of the whole cast
AGAIN = "/accounts/2fa/reauthenticate/"  # where a code is asked for once more
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of everybody's app that shows codes


class UserFactory(factory.django.DjangoModelFactory):  # type: ignore[misc,type-arg]
    """Somebody with a handle of their own, who signs in with PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    handle = factory.Sequence(lambda n: f"person{n}")
    display_name = factory.LazyAttribute(lambda o: o.handle.capitalize())
    email = factory.LazyAttribute(lambda o: f"{o.handle}@example.org")

    @factory.lazy_attribute
    def password(self) -> str:
        """Hash PASSWORD once for the whole run: argon2 is slow on purpose."""
        return _hashed()

    @factory.post_generation
    def enrolled(self, create: bool, extracted: Any, **_rest: Any) -> None:
        """Give staff a second factor, as they have on the site; `enrolled=False` gives none."""
        if create and self.is_staff and extracted is not False:
            enrol(self)  # type: ignore[arg-type]


class StaffFactory(UserFactory):
    """An administrator."""

    is_staff = True
    is_superuser = True


def enrol(user: User) -> None:
    """Give somebody a second factor with recovery codes, and a code that was shown just now."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    Authenticator.objects.filter(user=user).update(last_used_at=timezone.now())


def code_now(secret: str = SECRET) -> str:
    """Return what the app shows now; a code is taken once."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def remember_code(sender: Any, request: HttpRequest, user: Any, **_rest: Any) -> None:
    """Write into a session that was begun without the forms what these write into it.

    Whoever has a second factor has shown it; `force_login` alone makes a request without a method.
    """
    factor = Authenticator.objects.filter(user=user, type="totp").first()
    if request.method is None and factor:
        record_authentication(request, user, "mfa", id=factor.pk, type=factor.type)


def stale(user: User) -> Client:
    """Return a browser in which the code was shown too long ago."""
    client = Client()
    client.force_login(user)
    session = client.session
    records = session[AUTHENTICATION_METHODS_SESSION_KEY]
    records[-1]["at"] = (timezone.now() - FRESH_FOR - timedelta(seconds=1)).timestamp()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session.save()
    user.authenticator_set.update(  # type: ignore[attr-defined]
        last_used_at=timezone.now() - FRESH_FOR - timedelta(seconds=1)
    )
    return client


def bearer(user: User) -> dict[str, str]:
    """Return the request headers of a program that speaks for this person."""
    _, text = ApiToken.issue(user=user, name="test")
    return {"Authorization": f"Bearer {text}"}


_cache: dict[str, Any] = {}


def _hashed() -> str:
    if "hash" not in _cache:
        _cache["hash"] = make_password(PASSWORD)
    return _cache["hash"]
