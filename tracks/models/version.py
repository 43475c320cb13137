"""One master of a track."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q

from config.lib.ids import uuid7
from tracks import access
from tracks.models.columns import FIGURES, FOR_ENTRY, ORIGINAL, PICTURED, VERSION_SHOWN
from tracks.models.on_releases import release_cover
from tracks.models.track import Track, TrackQuerySet


class VersionQuerySet(models.QuerySet["TrackVersion"]):
    """Versions, by who may hear them."""

    def visible_to(self, user: access.User) -> "VersionQuerySet":
        """Return the versions this person may hear without holding a link."""
        return self.opened_by(user)

    def opened_by(self, user: access.User, key: str = "", session: Any = None) -> "VersionQuerySet":
        """Return the versions this person may hear, by right or by holding `key`.

        A hidden version is its owner's alone; one that a denial closes, whose the denial says.
        """
        tracks: TrackQuerySet = apps.get_model("tracks.Track").objects.all()
        shown = Q(hidden_at=None)
        if user.is_authenticated:
            shown |= Q(track__owner_id=user.pk)
        opened = self.filter(shown, track__in=tracks.opened_by(user, key, session))
        return opened.undenied(user)

    def undenied(self, user: access.User) -> "VersionQuerySet":
        """Return those that no denial closes to this person, or that they look at as evidence."""
        allowed = access.undenied_thing("version", user)
        if getattr(user, "acts_as_staff", False):
            looked_at = apps.get_model("tracks.Track").everything.filter(access.as_evidence(user))
            allowed |= Q(track__in=looked_at)
        return self.filter(allowed)

    def of_owner(self, user: access.User) -> "VersionQuerySet":
        """Return the versions of this person's own tracks that are not deleted."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(track__owner_id=user.pk, track__deleted_at=None)

    def shown_on(self, track: Track, viewer: access.User) -> "VersionQuerySet":
        """Return the versions that the open page of a track may tell of, hidden ones included.

        Whoever has opened the track may see them; a hidden one is its owner's alone.
        """
        own = viewer.is_authenticated and viewer.pk == track.owner_id
        rows = self.filter(track=track).undenied(viewer)
        return rows if own else rows.filter(hidden_at=None)

    def for_player(self, *, overview: bool = False) -> "VersionQuerySet":
        """Carry every join that playing and describing a version needs, and only its columns."""
        asset = "media__asset"
        peaks = f"{asset}__waveform__{'overview' if overview else 'id'}"
        return (
            self.select_related(f"{asset}__facts", f"{asset}__waveform", f"{asset}__artwork")
            .select_related("created_by")
            .only(
                *("track_id", *VERSION_SHOWN, peaks),
                *(f"{asset}__artwork__{name}" for name in PICTURED),
                *(f"{asset}__{name}" for name in ORIGINAL),
                *(f"{asset}__facts__{name}" for name in FIGURES),
            )
            .prefetch_related(f"{asset}__renditions")
        )

    def with_release_cover(self) -> "VersionQuerySet":
        """Carry the cover of the track's release; who asks hands it to the track."""
        column = release_cover(track="track_id", to_track="track__", asset="media__asset")
        return self.annotate(**{"release_cover": column})

    def for_entry(self) -> "VersionQuerySet":
        """Carry what a list tells of each version (`tracks.collections.entries.entry`)."""
        asset = "media__asset"
        joins = ("track__owner", "track__cover", f"{asset}__facts", f"{asset}__artwork")
        rows = self.select_related(*joins).with_release_cover()
        return rows.only(
            *(f"track__{name}" for name in ("slug", "token", "title", "visibility")),
            "track__artist_credit",
            *("track__cover__epoch", "track__cover_accent"),
            *("track__owner__handle", "track__owner__display_name"),
            *FOR_ENTRY,
        )


class TrackVersion(models.Model):
    """One upload of a track, served under its own media id."""

    job: Any  # these only where a selector has set them
    loudness_change: float | None
    figures: list[str]
    note_html: str  # only where a view has set it
    release_cover: str | None  # only from `with_release_cover()`

    class Status(models.TextChoices):
        PENDING = "pending"
        PROCESSING = "processing"
        READY = "ready"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey("tracks.Track", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=60, blank=True)
    note_md = models.TextField("what changed", max_length=4000, blank=True)
    media = models.OneToOneField(
        "media_pipeline.Media", on_delete=models.PROTECT, related_name="version"
    )
    upload = models.OneToOneField(
        "media_pipeline.Upload",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="version",
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["track", "number"], name="version_number_once"),
        ]

    def __str__(self) -> str:
        return self.label or f"v{self.number}"
