"""Keys for programs, given and taken."""

from django.db import transaction

from social.accounts import handles
from social.models import ApiToken, User


class NoSuchPerson(Exception):
    """Nobody has this handle, or nobody could."""


@transaction.atomic
def issue(*, handle: str, name: str = "", create: bool = False) -> tuple[ApiToken, str]:
    """Make a token for a person; return its row and, this once, its text.

    With `create` an ordinary account without a password is made first when there is none.
    Raises NoSuchPerson with a sentence.
    """
    handle = handle.lstrip("@").lower()
    user = User.objects.filter(handle=handle).first()
    if user is None and not create:
        raise NoSuchPerson(f"Nobody is called {handle!r}. Add --create to make the account.")
    if user is None:
        if sentence := handles.refusal(handle):
            raise NoSuchPerson(sentence)
        user = User.objects.create_user(handle)
    return ApiToken.issue(user=user, name=name)


def revoke(*, handle: str, prefix: str) -> int:
    """End the live tokens of a person that begin with `prefix`; return how many there were."""
    if not prefix:
        return 0
    handle = handle.lstrip("@").lower()
    tokens = ApiToken.objects.filter(user__handle=handle, revoked_at=None)
    found = list(tokens.filter(prefix__startswith=prefix[:12]))
    for token in found:
        token.revoke()
    return len(found)
