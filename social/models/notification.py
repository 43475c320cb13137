"""What a person should hear of."""

from html import unescape
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.html import strip_tags

from config.lib.ids import uuid7
from config.lib.markdown import to_html
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
        data = Q(note=None) | Exists(notes.filter(pk=OuterRef("note")))
        return self.filter(data, user_id=user.pk, track__in=tracks)


class Notification(models.Model):
    """One thing that has happened to somebody's notes or tracks."""

    class Kind(models.TextChoices):
        ANSWERED = "answered", "resolved your note"
        REPLIED = "replied", "replied to your note"
        NOTED = "noted", "wrote a note on your piece"
        ASSIGNED = "assigned", "gave you a note to see to"
        INVITED = "invited", "asked you to review a piece"
        APPROVER = "approver", "asked you to sign off a piece"
        SIGNED = "signed", "signed off your piece"
        DECLINED = "declined", "asked for changes to your piece"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_name = models.CharField(max_length=80, help_text="As it was then; guests have no account")
    track = models.ForeignKey(
        "tracks.Track", on_delete=models.CASCADE, related_name="notifications"
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

    def __str__(self) -> str:
        return self.kind

    @property
    def url(self) -> str:
        """Return where it happened: the note, on the version it was written on, or the track.

        What is hidden from this person is not named; the note then stands on another version.
        """
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
        words = strip_tags(to_html(self.note.body_md)) if self.note else ""
        return " ".join(unescape(words).split())[:EXCERPT_CHARS]
