"""Notes on the waveform."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, UUIDField
from django.db.models.functions import Coalesce

from config.lib.ids import uuid7
from tracks import access


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes, by who may read them."""

    def readable_by(self, viewer: Any) -> "NoteQuerySet":
        """Return the notes this viewer may read: on tracks they may open, and meant for them.

        Notes for the artist and the reviewers are read by these, by whoever came by a valid
        review link, and by who wrote them. What stands in hidden versions only is the owner's.
        """
        tracks = apps.get_model("tracks.Track").objects.all()
        by_review_link = Q(track_id=viewer.link.track_id) if viewer.link else Q(pk__in=[])
        meant = (_meant_for(viewer.user) | by_review_link) & _stands_before(viewer.user)
        meant &= access.undenied_thing("note", viewer.user)
        return self.filter(meant, track__in=tracks.opened_by(*viewer.opens))

    def meant_for(self, user: access.User) -> "NoteQuerySet":
        """Return the notes this person may read where the track is open to them."""
        undenied = access.undenied_thing("note", user)
        return self.filter(_meant_for(user) & _stands_before(user) & undenied)

    def for_list(self) -> "NoteQuerySet":
        """Carry every join that one note in a list needs, and only its columns."""
        return self.select_related(
            "user", "guest", "assigned_to", "version", "resolution__by", "resolution__version"
        ).only(
            *("track", "parent", "at_ms", "until_ms", "body_md", "attribution", "visibility"),
            *("edited_at", "removed_at", "created_at"),
            *("version__number", "version__hidden_at"),
            *("user__handle", "user__display_name", "guest__name"),
            *("assigned_to__handle", "assigned_to__display_name"),
            *("resolution__created_at", "resolution__version__number"),
            *("resolution__by__handle", "resolution__by__display_name"),
        )


def _meant_for(user: access.User) -> Q:
    allowed = Q(visibility="everybody")
    if user.is_authenticated:
        reviewers = apps.get_model("social.Reviewer").objects.filter(user_id=user.pk)
        allowed |= Q(track__owner_id=user.pk) | Q(user_id=user.pk)
        allowed |= Q(track__in=reviewers.values("track"))
    return allowed


def _stands_before(user: access.User) -> Q:
    """The note's thread stands in a version that is shown; a hidden one is its owner's alone."""
    thread = Coalesce(OuterRef("parent_id"), OuterRef("pk"), output_field=UUIDField())
    placements = apps.get_model("social.Placement").objects.all()
    versions = apps.get_model("tracks.TrackVersion").objects
    shown = placements.filter(note_id=thread, version__hidden_at=None)
    if access.undenied_thing("version", user):
        shown = shown.filter(version__in=versions.undenied(user))
    allowed = Q(Exists(shown))
    return allowed | Q(track__owner_id=user.pk) if user.is_authenticated else allowed


class Note(models.Model):
    """A note at a moment or over a passage, or a reply to one. Written by a person or a guest.

    It is made on one version; `Placement` says where it stands in this and in later ones.
    """

    class Visibility(models.TextChoices):
        EVERYBODY = "everybody", "Whoever may open the piece"
        REVIEWERS = "reviewers", "The artist and the reviewers"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey("tracks.Track", on_delete=models.CASCADE, related_name="notes")
    version = models.ForeignKey(
        "tracks.TrackVersion", on_delete=models.CASCADE, related_name="notes"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notes",
    )
    guest = models.ForeignKey(
        "social.ReviewGuest",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notes",
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    at_ms = models.PositiveIntegerField()
    until_ms = models.PositiveIntegerField(null=True, blank=True, help_text="End of a passage.")
    body_md = models.TextField(max_length=10_000, blank=True)
    attribution = models.CharField(
        max_length=80, blank=True, help_text="Who wrote it, by the file it was imported with."
    )
    visibility = models.CharField(max_length=9, choices=Visibility, default=Visibility.EVERYBODY)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, help_text="Replies stay.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        db_table = "social_comment"  # what the table was made as
        indexes = [
            models.Index(fields=["track", "at_ms"], name="comment_track_moment"),
            models.Index(fields=["parent", "id"], name="comment_thread"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, guest__isnull=False) | Q(user__isnull=False, guest=None),
                name="comment_has_one_writer",
            ),
            models.CheckConstraint(
                condition=Q(until_ms=None) | Q(until_ms__gt=F("at_ms")),
                name="comment_passage_has_length",
            ),
        ]

    def __str__(self) -> str:
        return self.body_md[:60]


class Placement(models.Model):
    """Where a note stands in one version: as it was written, or as it was carried over."""

    note = models.ForeignKey(
        Note, on_delete=models.CASCADE, related_name="placements", db_column="comment_id"
    )
    version = models.ForeignKey(
        "tracks.TrackVersion", on_delete=models.CASCADE, related_name="placements"
    )
    at_ms = models.PositiveIntegerField()
    until_ms = models.PositiveIntegerField(null=True, blank=True)
    carried_from = models.ForeignKey(
        "tracks.TrackVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confidence = models.FloatField(default=1.0, help_text="0…1, of the alignment there.")
    changed = models.BooleanField(default=False, help_text="The passage sounds different now.")
    lost = models.BooleanField(default=False, help_text="The passage is not there any more.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "version"], name="placement_once"),
        ]
        indexes = [models.Index(fields=["version", "at_ms"], name="placement_version_moment")]

    def __str__(self) -> str:
        return f"{self.at_ms} ms"


class Resolution(models.Model):
    """That a note was resolved: by whom, when, and in which version. Reopening deletes it."""

    note = models.OneToOneField(
        Note, on_delete=models.CASCADE, related_name="resolution", db_column="comment_id"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(
        "tracks.TrackVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"resolved {self.created_at:%Y-%m-%d}"


class CarryOver(models.Model):
    """That the open notes of one version were carried over to another, and how it went."""

    version = models.OneToOneField(
        "tracks.TrackVersion", on_delete=models.CASCADE, related_name="carry_over"
    )
    source = models.ForeignKey("tracks.TrackVersion", on_delete=models.CASCADE, related_name="+")
    moved = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    lost = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.moved} notes"
