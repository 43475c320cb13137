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

    def opened_by_link(self, token: str, user: AbstractBaseUser | AnonymousUser) -> "TrackQuerySet":
        """Return the unlisted track this key opens, unless it is closed to this person."""
        return self.filter(access.by_link(user), token=token)

    def published(self) -> "TrackQuerySet":
        """Return what everybody may find, newest first."""
        return self.filter(visibility="public", published_at__isnull=False).order_by(
            "-published_at", "-id"
        )

    def for_card(self) -> "TrackQuerySet":
        """Carry every join that one card in a list needs, and only its columns: no query per card.

        Reading whole rows of six tables costs a list as much as drawing it.
        """
        asset = "primary_version__media__asset"
        return self.select_related("owner", f"{asset}__facts", f"{asset}__artwork").only(
            *("slug", "token", "title", "visibility", "published_at"),
            *("owner__handle", "owner__display_name"),
            *("primary_version__media__epoch", f"{asset}__playable_at"),
            *(f"{asset}__facts__duration_ms", f"{asset}__artwork__accent"),
        )

    def for_page(self) -> "TrackQuerySet":
        """Carry every join that the track's own page needs, and only its columns."""
        asset = "primary_version__media__asset"
        facts = ("duration_ms", "sample_rate", "channels", "bit_depth", "container", "codec")
        levels = ("loudness_lufs", "true_peak_dbtp", "lra")
        return (
            self.select_related("owner", f"{asset}__facts", f"{asset}__waveform")
            .select_related(f"{asset}__artwork")
            .only(
                *("slug", "token", "title", "description_md", "visibility", "created_at"),
                *("owner__handle", "owner__display_name"),
                *("primary_version__status", "primary_version__media__epoch"),
                *(f"{asset}__{name}" for name in ("attempt", "playable_at", "ready_at")),
                *(f"{asset}__facts__{name}" for name in (*facts, *levels)),
                *(f"{asset}__waveform__overview", f"{asset}__artwork__accent"),
            )
            .prefetch_related(f"{asset}__renditions")
        )
