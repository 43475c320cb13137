"""Finding people."""

from social.models import User


def person(handle: str) -> User | None:
    """Return the person with this handle, unless their account is closed."""
    return User.objects.filter(handle=handle, is_active=True, is_banned=False).first()
