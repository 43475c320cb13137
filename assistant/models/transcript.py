"""What is said and sung in a recording, word by word."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from config.lib.ids import uuid7


class Transcript(models.Model):
    """The words of one version, with their times.

    `segments`: `[{"begin_ms", "end_ms", "speaker", "words": [[begin_ms, end_ms, text, confidence
    from 0 to 1 or null], …]}, …]` in the order of time. `revision` counts changes by hand: whoever
    saves names the one they began with.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.OneToOneField(
        "tracks.TrackVersion", on_delete=models.CASCADE, related_name="transcript"
    )
    run = models.ForeignKey(
        "assistant.ModelRun",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="transcripts",
        help_text="None where people wrote it.",
    )
    language = models.CharField(max_length=12, blank=True, help_text="BCP 47, or nothing.")
    segments = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"Transcript of {self.version_id}"
