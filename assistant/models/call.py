"""What was asked of a provider: how much, how long, and how it ended. Never the words."""

from django.db import models
from django.db.models.functions import Now

from assistant.models.consent import PROVIDER_CHARS
from assistant.models.run import MODEL_CHARS, ModelRun
from config.lib.ids import uuid7


class ProviderCall(models.Model):
    """One request to a machine that is not ours."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider = models.CharField(max_length=PROVIDER_CHARS)
    task = models.CharField(max_length=12, choices=ModelRun.Task)
    model = models.CharField(max_length=MODEL_CHARS)
    track = models.ForeignKey(
        "tracks.Track", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    units = models.PositiveIntegerField(help_text="Characters that were sent, or seconds of sound.")
    asked_at = models.DateTimeField(db_default=Now())
    took_ms = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=20, help_text="`ok`, or why it was not.")

    class Meta:
        indexes = [models.Index(fields=["provider", "asked_at"], name="call_of_provider")]

    def __str__(self) -> str:
        return f"{self.task} by {self.provider}: {self.status}"
