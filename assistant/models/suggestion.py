"""What a machine proposes, until somebody takes it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from config.lib.ids import uuid7


class Suggestion(models.Model):
    """One thing that could be said of a piece. Nothing of it is shown before its owner takes it."""

    class Kind(models.TextChoices):
        TITLE = "title", "Title"
        SUMMARY = "summary", "Summary"
        TAGS = "tags", "Tags"
        LANGUAGE = "language", "Language"
        MOOD = "mood", "Mood"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ACCEPTED = "accepted", "Accepted"
        DISMISSED = "dismissed", "Dismissed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey("tracks.Track", on_delete=models.CASCADE, related_name="suggestions")
    run = models.ForeignKey(
        "assistant.ModelRun", on_delete=models.CASCADE, related_name="suggestions"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.JSONField(help_text="A text; of tags and moods a list of texts.")
    came_from = models.JSONField(default=list, blank=True, help_text="Of what it was made.")
    taken = models.JSONField(
        null=True, blank=True, help_text="As it was taken, where its owner changed it before."
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    made_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["track", "kind"],
                condition=models.Q(state="open"),
                name="one_open_suggestion_of_a_kind",
            )
        ]
        indexes = [models.Index(fields=["track", "kind", "state"], name="suggestion_of_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.track_id}"
