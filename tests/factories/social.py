"""People."""

from typing import Any

import factory
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone

from social.models import ApiToken, User

PASSWORD = "correct horse battery"  # the one password of the whole cast
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


def remember_code(sender: Any, request: HttpRequest, user: Any, **_rest: Any) -> None:
    """Write into a session that was begun without the forms what these write into it.

    Whoever has a second factor has shown it; `force_login` alone makes a request without a method.
    """
    factor = Authenticator.objects.filter(user=user, type="totp").first()
    if request.method is None and factor:
        record_authentication(request, user, "mfa", id=factor.pk, type=factor.type)


def bearer(user: User) -> dict[str, str]:
    """Return the request headers of a program that speaks for this person."""
    _, text = ApiToken.issue(user=user, name="test")
    return {"Authorization": f"Bearer {text}"}


_cache: dict[str, Any] = {}


def _hashed() -> str:
    if "hash" not in _cache:
        _cache["hash"] = make_password(PASSWORD)
    return _cache["hash"]
