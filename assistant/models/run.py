"""Behind every output of a machine: what made it, and of what."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from assistant.models.consent import PROVIDER_CHARS
from config.lib.ids import uuid7

MODEL_CHARS, VERSION_CHARS = 120, 60


class ModelRun(models.Model):
    """One run of one model over one input. What it made goes when it is withdrawn."""

    class Task(models.TextChoices):
        TRANSCRIPT = "transcript", "Speech to text"
        SUGGESTION = "suggestion", "Suggestions"
        EMBEDDING = "embedding", "Vectors"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.CharField(max_length=12, choices=Task)
    provider = models.CharField(max_length=PROVIDER_CHARS)
    model = models.CharField(max_length=MODEL_CHARS)
    version = models.CharField(max_length=VERSION_CHARS, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    input_sha256 = models.CharField(max_length=64, help_text="Of the bytes or words that it read.")
    track = models.ForeignKey(
        "tracks.Track", on_delete=models.CASCADE, null=True, related_name="model_runs"
    )
    took_ms = models.PositiveIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["provider", "model", "version"], name="run_of_model"),
            models.Index(fields=["track", "task", "-made_at"], name="run_of_track"),
        ]

    def __str__(self) -> str:
        return f"{self.task} by {self.model}"
