"""The public vocabulary for finding review links."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

if TYPE_CHECKING:
    from social.models import ReviewLink  # noqa: F401


class ReviewLinkQuerySet(models.QuerySet["ReviewLink"]):
    """Links for people without an account."""

    def live(self) -> "ReviewLinkQuerySet":
        """Return the links that were neither revoked nor have run out."""
        unended = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        return self.filter(unended, revoked_at=None)

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
