"""The public vocabulary for finding tracks."""

from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models

from tracks import access

if TYPE_CHECKING:
    from tracks.models import Track  # noqa: F401


class TrackQuerySet(models.QuerySet["Track"]):
    """Tracks, by who may see them and what a page needs."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "TrackQuerySet":
        """Return the tracks this person may open without holding a link."""
        return self.filter(access.visible(user))

    def published(self) -> "TrackQuerySet":
        """Return what everybody may find, newest first."""
        return self.filter(visibility="public", published_at__isnull=False).order_by(
            "-published_at", "-id"
        )

    def for_card(self) -> "TrackQuerySet":
        """Carry every join that one card in a list needs: no query per card."""
        return self.select_related(
            "owner",
            "primary_version__media__asset__facts",
            "primary_version__media__asset__waveform",
            "primary_version__media__asset__artwork",
        )
