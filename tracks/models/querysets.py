"""The public vocabulary for finding tracks."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from tracks import access
from tracks.models import search

if TYPE_CHECKING:
    from tracks.models import Stem, Track, TrackVersion  # noqa: F401


# Of a version: who reads whole rows of six tables reads more than is played.
FOR_ENTRY = (
    "media__epoch",
    "media__asset__playable_at",
    "media__asset__facts__duration_ms",
    "media__asset__facts__loudness_lufs",
    "media__asset__facts__true_peak_dbtp",
    "media__asset__artwork__accent",
)


FIGURES = (
    *("duration_ms", "sample_rate", "channels", "bit_depth", "container", "codec"),
    *("loudness_lufs", "true_peak_dbtp", "lra"),
)
VERSION_SHOWN = (
    *("number", "label", "note_md", "status", "hidden_at", "created_at", "media__epoch"),
    *("created_by__handle", "created_by__display_name"),
)


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

    def for_entry(self) -> "TrackQuerySet":
        """Carry what a list tells of the primary version (`tracks.collections.entries.entry`)."""
        return self.for_card().only(
            *("slug", "token", "title", "visibility"),
            *("owner__handle", "owner__display_name"),
            *(f"primary_version__{column}" for column in FOR_ENTRY),
        )

    def matching(self, text: str) -> "TrackQuerySet":
        """Return the tracks in which every word of `text` begins a word; none for no words."""
        return self.filter(search.matching(text))

    def for_page(self) -> "TrackQuerySet":
        """Carry every join that the track's own page needs, and only its columns.

        `has_more` tells whether there is any version beside the primary one.
        """
        versions: VersionQuerySet = apps.get_model("tracks.TrackVersion").objects.all()
        more = versions.filter(track=OuterRef("pk")).exclude(pk=OuterRef("primary_version"))
        asset = "primary_version__media__asset"
        return (
            self.select_related("owner", f"{asset}__facts", f"{asset}__waveform")
            .select_related(f"{asset}__artwork", "primary_version__created_by")
            .only(
                *("slug", "token", "title", "description_md", "visibility"),
                *("created_at", "published_at"),
                "opens_lossless",
                *("owner__handle", "owner__display_name"),
                *(f"primary_version__{name}" for name in VERSION_SHOWN),
                *(f"{asset}__{name}" for name in ("attempt", "playable_at", "ready_at")),
                *(f"{asset}__facts__{name}" for name in FIGURES),
                *(f"{asset}__waveform__overview", f"{asset}__artwork__accent"),
            )
            .prefetch_related(f"{asset}__renditions")
            .annotate(has_more=Exists(more))
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

    def shown_on(self, track: "Track", viewer: access.User) -> "VersionQuerySet":
        """Return the versions that the open page of a track may tell of, hidden ones included.

        Whoever has opened the track may see them; a hidden one is its owner's alone.
        """
        own = viewer.is_authenticated and viewer.pk == track.owner_id
        rows = self.filter(track=track)
        return rows if own else rows.filter(hidden_at=None)

    def for_telling(self, *, overview: bool = False) -> "VersionQuerySet":
        """Carry every join that playing and describing a version needs, and only its columns."""
        asset = "media__asset"
        peaks = f"{asset}__waveform__{'overview' if overview else 'id'}"
        return (
            self.select_related(f"{asset}__facts", f"{asset}__waveform", f"{asset}__artwork")
            .select_related("created_by")
            .only(
                *("track_id", *VERSION_SHOWN, peaks, f"{asset}__artwork__accent"),
                *(f"{asset}__{name}" for name in ("attempt", "playable_at", "ready_at")),
                *(f"{asset}__facts__{name}" for name in FIGURES),
            )
            .prefetch_related(f"{asset}__renditions")
        )

    def for_entry(self) -> "VersionQuerySet":
        """Carry what a list tells of each version (`tracks.collections.entries.entry`)."""
        asset = "media__asset"
        return self.select_related("track__owner", f"{asset}__facts", f"{asset}__artwork").only(
            *(f"track__{name}" for name in ("slug", "token", "title", "visibility")),
            *("track__owner__handle", "track__owner__display_name"),
            *FOR_ENTRY,
        )


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
        return self.filter(allowed, access.undenied(user))

    def opened_by_link(self, token: str) -> "CollectionQuerySet":
        """Return the unlisted one that this key opens."""
        return self.filter(access.undenied(AnonymousUser()), visibility="unlisted", token=token)
