"""What a person should hear of."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from config.lib.ids import uuid7
from config.lib.markdown import excerpt
from tracks import access

EXCERPT_CHARS = 140


class NotificationQuerySet(models.QuerySet["Notification"]):
    """What one person should hear of."""

    def heard_by(self, user: Any) -> "NotificationQuerySet":
        """Return this person's news of tracks and notes that are not closed to them by now."""
        tracks = apps.get_model("tracks.Track").objects.filter(
            access.visible(user) | access.by_token(user)
        )
        notes = apps.get_model("social.Note").objects.meant_for(user)
        readable = Q(note=None) | Exists(notes.filter(pk=OuterRef("note")))
        opened = Q(track=None) | Q(track__in=tracks)
        return self.filter(readable, opened, user_id=user.pk)


class Notification(models.Model):
    """One thing that has happened, or several of a kind, to one whom it concerns.

    What it is called, whom it concerns and where it leads, the app that registered its kind says
    (`social.notifications.registry`). `track` and `note`, where there are any, close it with them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=40, help_text="One of those that apps have registered.")
    event = models.UUIDField(null=True, help_text="The event it tells of, which is kept 30 days.")
    key = models.CharField(
        max_length=120, blank=True, help_text="What has the same key is told as one, until read."
    )
    count = models.PositiveIntegerField(default=1, help_text="How many are told as this one.")
    subject = models.CharField(max_length=120, blank=True, help_text="app.model:id")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_name = models.CharField(max_length=80, help_text="As it was then; guests have no account")
    track = models.ForeignKey(
        "tracks.Track",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    note = models.ForeignKey(
        "social.Note",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_column="comment_id",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_newest"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notification_unread"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                condition=Q(read_at=None) & ~Q(key=""),
                name="notification_one_per_key",
            )
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def url(self) -> str:
        """Return where it happened, if that is a track: the note, on its version, or the track.

        What is hidden from this person is not named; the note then stands on another version.
        """
        if self.track is None:
            return ""
        page = self.track.get_absolute_url()
        note = self.note
        if note is None:
            return page
        primary = note.version_id == self.track.primary_version_id
        is_told = note.version.hidden_at is None or self.user_id == self.track.owner_id
        shown = f"?v={note.version.number}" if is_told and not primary else ""
        return f"{page}{shown}#note-{note.parent_id or note.pk}"

    @property
    def excerpt(self) -> str:
        """Return the beginning of the note it is about."""
        return excerpt(self.note.body_md, EXCERPT_CHARS) if self.note else ""
