"""What is said and sung in a recording, word by word."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from config.lib.ids import uuid7


class Transcript(models.Model):
    """The words of one version, with their times.

    `segments`: `[{"begin_ms", "end_ms", "speaker", "words": [[begin_ms, end_ms, text, confidence
    from 0 to 1 or null], …]}, …]` in the order of time. `revision` counts changes by hand: whoever
    saves names the one they began with. `offer` is what another run has heard since somebody has
    changed these: nobody but the owner takes it over.
    """

    class Outcome(models.TextChoices):
        HEARD = "heard", "Words"
        NOTHING = "nothing", "No words were heard"
        LANGUAGE = "language", "Another language than the machine understands"
        UNSURE = "unsure", "Words that the machine did not understand"
        REMOVED = "removed", "Removed by its owner"

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
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.HEARD)
    offer = models.JSONField(null=True, blank=True)
    offer_run = models.ForeignKey(
        "assistant.ModelRun", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"Transcript of {self.version_id}"


class NoTranscript(models.Model):
    """An owner wants no machine to write down the words of this piece, of whatever version."""

    track = models.OneToOneField(
        "tracks.Track", on_delete=models.CASCADE, primary_key=True, related_name="no_transcript"
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    set_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"No transcript of {self.track_id}"
