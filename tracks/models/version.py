"""One master of a track."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from config.lib.ids import uuid7
from tracks.models.querysets import VersionQuerySet

if TYPE_CHECKING:
    from media_pipeline.models import Job


class TrackVersion(models.Model):
    """One upload of a track, served under its own media id."""

    job: "Job | None"  # these two only where tracks.catalogue.selectors has set them
    loudness_change: float | None
    note_html: str  # only where a view has set it

    class Status(models.TextChoices):
        PENDING = "pending"
        PROCESSING = "processing"
        READY = "ready"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey("tracks.Track", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=60, blank=True)
    note_md = models.TextField("what changed", max_length=4000, blank=True)
    media = models.OneToOneField(
        "media_pipeline.Media", on_delete=models.PROTECT, related_name="version"
    )
    upload = models.OneToOneField(
        "media_pipeline.Upload",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="version",
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["track", "number"], name="version_number_once"),
        ]

    def __str__(self) -> str:
        return self.label or f"v{self.number}"
