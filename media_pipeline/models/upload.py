"""Bytes on their way in, and how much room each person has."""

from django.conf import settings
from django.db import models

from config.lib.ids import uuid7
from media_pipeline.models.asset import Source


class Upload(models.Model):
    """One file being received in parts. The storage knows which parts are there, not this row."""

    class State(models.TextChoices):
        OPEN = "open"
        COMPLETING = "completing"
        COMPLETED = "completed"
        ABORTED = "aborted"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    filename = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(help_text="Bytes")
    part_size = models.PositiveBigIntegerField(help_text="Bytes")
    part_count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True, help_text="As claimed by the client.")
    source_type = models.CharField(max_length=10, choices=Source, default=Source.FILE)
    source_url = models.URLField(max_length=2000, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    storage_ref = models.CharField(max_length=1024, blank=True, help_text="S3's UploadId.")
    asset = models.OneToOneField(
        "media_pipeline.Asset", null=True, blank=True, on_delete=models.SET_NULL
    )
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state"], name="upload_owner_state"),
            models.Index(
                fields=["expires_at"],
                condition=models.Q(state__in=["open", "completing"]),
                name="upload_live_expiry",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="upload_size_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.state})"


class StorageQuota(models.Model):
    """A person's own limit, in place of the site's NEXUS_QUOTA_BYTES."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="storage_quota"
    )
    bytes = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.bytes} bytes"
