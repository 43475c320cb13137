"""The public vocabulary for finding tracks."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from tracks import access

if TYPE_CHECKING:
    from tracks.models import Stem, Track, TrackVersion  # noqa: F401


class TrackQuerySet(models.QuerySet["Track"]):
    """Tracks, by who may see them and what a page needs."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "TrackQuerySet":
        """Return the tracks this person may open without holding a link."""
        return self.filter(access.visible(user))

    def opened_by(self, user: access.User, key: str = "", session: Any = None) -> "TrackQuerySet":
        """Return the tracks this person may open by right, or by holding `key`."""
        return self.filter(access.visible(user) | access.by_key(key, user, session))

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


class VersionQuerySet(models.QuerySet["TrackVersion"]):
    """Versions, by who may hear them."""

    def opened_by(self, user: access.User, key: str = "", session: Any = None) -> "VersionQuerySet":
        """Return the versions this person may hear, by right or by holding `key`.

        A hidden version is its owner's alone.
        """
        tracks: TrackQuerySet = apps.get_model("tracks.Track").objects.all()
        shown = Q(hidden_at=None)
        if user.is_authenticated:
            shown |= Q(track__owner_id=user.pk)
        return self.filter(shown, track__in=tracks.opened_by(user, key, session))


class StemQuerySet(models.QuerySet["Stem"]):
    """Stems, by who may hear them."""

    def opened_by(self, user: access.User, key: str = "", session: Any = None) -> "StemQuerySet":
        """Return the stems of the versions this person may hear."""
        versions: VersionQuerySet = apps.get_model("tracks.TrackVersion").objects.all()
        return self.filter(version__in=versions.opened_by(user, key, session))


class CollectionQuerySet(models.QuerySet[models.Model]):
    """Releases and playlists. What is in them is found through the tracks' own `visible_to`."""

    def visible_to(self, user: access.User) -> "CollectionQuerySet":
        """Return what this person may open without holding a link."""
        allowed = Q(visibility="public")
        if user.is_authenticated:
            allowed |= Q(owner_id=user.pk)
        return self.filter(allowed)

    def opened_by_link(self, token: str) -> "CollectionQuerySet":
        """Return the unlisted one that this key opens."""
        return self.filter(visibility="unlisted", token=token)
