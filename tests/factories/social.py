"""People."""

from typing import Any

import factory
from django.contrib.auth.hashers import make_password

from social.models import ApiToken, User

PASSWORD = "correct horse battery"  # the one password of the whole cast


class UserFactory(factory.django.DjangoModelFactory):  # type: ignore[misc,type-arg]
    """Somebody with a handle of their own, who signs in with PASSWORD."""

    class Meta:
        model = User

    handle = factory.Sequence(lambda n: f"person{n}")
    display_name = factory.LazyAttribute(lambda o: o.handle.capitalize())
    email = factory.LazyAttribute(lambda o: f"{o.handle}@example.org")

    @factory.lazy_attribute
    def password(self) -> str:
        """Hash PASSWORD once for the whole run: argon2 is slow on purpose."""
        return _hashed()


class StaffFactory(UserFactory):
    """An administrator."""

    is_staff = True
    is_superuser = True


def bearer(user: User) -> dict[str, str]:
    """Return the request headers of a program that speaks for this person."""
    _, text = ApiToken.issue(user=user, name="test")
    return {"Authorization": f"Bearer {text}"}


_cache: dict[str, Any] = {}


def _hashed() -> str:
    if "hash" not in _cache:
        _cache["hash"] = make_password(PASSWORD)
    return _cache["hash"]
