"""What saves moderators typing: texts that are used again, and filters of the queue by name."""

from django.conf import settings
from django.db import models

from config.lib.ids import uuid7
from moderation.models.case import Reason
from moderation.models.talk import MESSAGE_CHARS


class Wording(models.Model):
    """A text for a statement or a message; `{title}`, `{reason}` and `{clause}` are filled in."""

    class Use(models.TextChoices):
        STATEMENT = "statement", "What was found, in a decision"
        MESSAGE = "message", "A message"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=60, unique=True)
    use = models.CharField(max_length=9, choices=Use, default=Use.MESSAGE)
    reason = models.CharField(
        max_length=13, choices=Reason, blank=True, help_text="Empty: for cases of every reason."
    )
    words = models.TextField(
        max_length=MESSAGE_CHARS,
        help_text="{title}, {reason} and {clause} stand for those of the case.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SavedFilter(models.Model):
    """A way in which one moderator looks at the queue."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["moderator", "name"], name="saved_filter_name")
        ]

    def __str__(self) -> str:
        return self.name
