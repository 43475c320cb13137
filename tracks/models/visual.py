"""What is seen while a piece plays in the cinema."""

from django.conf import settings
from django.db import models

from config.lib.ids import uuid7


class TrackVisual(models.Model):
    """A picture, or a video that loops without its sound, attached to a track by its owner."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.OneToOneField("tracks.Track", on_delete=models.CASCADE, related_name="visual")
    media = models.OneToOneField(
        "media_pipeline.Media", on_delete=models.PROTECT, related_name="visual"
    )
    upload = models.OneToOneField(
        "media_pipeline.Upload",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="visual",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"visual of {self.track_id}"

    @property
    def is_ready(self) -> bool:
        """True once it can be shown."""
        return self.media.asset.ready_at is not None

    @property
    def is_video(self) -> bool:
        """True for what moves; known once it is ready."""
        return self.media.asset.mime.startswith("video/")
