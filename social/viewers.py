"""Who is looking: somebody signed in, a guest who came by a review link, or anybody.

Pages, the API and sockets all make their viewer here, so that none of them knows more than another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from django.contrib.auth.models import AnonymousUser

from social.models import ReviewGuest, ReviewLink, User
from tracks import access

UNLOCKED = "review_unlocked"  # session: ids of the links whose password was proven
AS_VISITOR = "visitor"
GUESTS = "review_guests"  # session: {link id: guest id}, once a name was given


@dataclass(frozen=True)
class Viewer:
    """A person before a track: `user` may be anonymous, `guest` has given a name.

    `key` and `session` are what `opened_by` wants; `link` is the valid review link behind the key.
    """

    user: access.User
    guest: ReviewGuest | None = None
    key: str = ""
    session: Any = None
    link: ReviewLink | None = None

    @property
    def author(self) -> User | ReviewGuest | None:
        """Return as whom they would write; None for whoever has no name here."""
        if isinstance(self.user, User):
            return self.user
        return self.guest

    @property
    def opens(self) -> tuple[access.User, str, Any]:
        """Return the arguments of `opened_by`."""
        return self.user, self.key, self.session


def viewer_of(source: Any, key: str = "") -> Viewer:
    """Return the viewer of an HTTP request (Django's or DRF's) or of a socket's scope.

    Without a key neither the session nor any link is looked at: a page for all stays one. Whoever
    asks `as=visitor` is nobody here: owners look at their piece as others do.
    """
    is_scope = isinstance(source, Mapping)
    user = source["user"] if is_scope else source.user
    if _is_looking(source):
        user = AnonymousUser()
    if not key:
        return Viewer(user)
    session = source.get("session") if is_scope else source.session
    link = live_link(key, session)
    return Viewer(user, _guest(link, session), key, session, link)


def _is_looking(source: Any) -> bool:
    if not isinstance(source, Mapping):
        return bool(source.GET.get("as") == AS_VISITOR)
    query = parse_qs(source["query_string"].decode("ascii", "replace"))
    return query.get("as") == [AS_VISITOR]


def live_link(key: str, session: Any) -> ReviewLink | None:
    """Return the review link with this key, if it is valid and its password was proven here."""
    link = ReviewLink.objects.live().filter(token=key).first()
    if link and link.password and str(link.pk) not in (session or {}).get(UNLOCKED, []):
        return None
    return link


def _guest(link: ReviewLink | None, session: Any) -> ReviewGuest | None:
    guest_id = (session or {}).get(GUESTS, {}).get(str(link.pk)) if link else None
    if not link or not guest_id:
        return None
    guest = link.guests.filter(pk=guest_id, removed_at=None).first()
    if guest:
        guest.link = link
    return guest
