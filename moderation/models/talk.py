"""What moderators and one side of a case write to each other; the other side never sees it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from config.lib.ids import token128, uuid7
from config.lib.urls import address_of
from moderation.models.case import Case
from moderation.models.report import Report

MESSAGE_CHARS = 4000


class Talk(models.Model):
    """With the person a case is about, or with whoever made one of its reports.

    Its key opens it to whom it is with, signed in or not; a reporter reads it by their report's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=22, unique=True, default=token128)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="talks")
    report = models.OneToOneField(
        Report,
        null=True,
        on_delete=models.CASCADE,
        related_name="talk",
        help_text="Empty: with the person the case is about.",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    waits = models.BooleanField(default=False, help_text="Whether moderators have to answer.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["case"], condition=Q(waits=True), name="talk_waits"),
            models.Index(fields=["person", "-id"], name="talk_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(report=None), name="talk_once_with_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{'reporter' if self.report_id else 'person'} · {self.created_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Return the page on which whom it is with reads and answers."""
        if self.report:
            return self.report.get_absolute_url()
        return address_of("talk", self.key)


class Message(models.Model):
    """What one side of a talk wrote. Which moderator it was is told to moderators alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="messages")
    by_moderators = models.BooleanField()
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.TextField(max_length=MESSAGE_CHARS)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["talk", "id"], name="message_order")]

    def __str__(self) -> str:
        return self.words[:60]
