"""The public vocabulary for finding review links."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from tracks import access

if TYPE_CHECKING:
    from social.models import ReviewLink  # noqa: F401


class ReviewLinkQuerySet(models.QuerySet["ReviewLink"]):
    """Links for people without an account."""

    def live(self) -> "ReviewLinkQuerySet":
        """Return the links that open: neither revoked, nor run out, nor to what is closed to all.

        No link opens what a denial closes: the piece of somebody banned, say.
        """
        unended = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        tracks = apps.get_model("tracks.Track").objects.filter(
            access.unless_denied(Q(), AnonymousUser())
        )
        return self.filter(unended, revoked_at=None, track__in=tracks)

    def ended_unnoticed(self) -> "ReviewLinkQuerySet":
        """Return the links that have run out and whose sound was not taken back yet."""
        return self.filter(expires_at__lte=timezone.now(), revoked_at=None)

    def proven(self, unlocked: list[str]) -> "ReviewLinkQuerySet":
        """Return the links without a password, and those whose password was proven."""
        return self.filter(Q(password="") | Q(pk__in=unlocked))

    def counted(self) -> Any:
        """Carry the number of guests who gave a name and were not removed."""
        here = Q(guests__removed_at=None) & ~Q(guests=None)
        return self.annotate(guest_count=Count("guests", filter=here)).order_by(F("pk").desc())
