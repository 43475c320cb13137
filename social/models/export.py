"""What people take along, and what they have brought."""

from django.conf import settings
from django.db import models

from config.lib.ids import uuid7


class Export(models.Model):
    """An archive of everything of one person. Its job is `exports.make`, with this as subject."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports"
    )
    key = models.CharField(max_length=200, blank=True, help_text="In the storage; empty: none yet.")
    size_bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-created_at"], name="export_of_user")]

    def __str__(self) -> str:
        return f"export of {self.user_id}"


class Imported(models.Model):
    """What something was called where it came from, so that it is brought only once."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imported"
    )
    origin = models.CharField(max_length=120, help_text="app.model:id, in the archive.")
    local = models.CharField(max_length=64, help_text="Its id here.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "imported things"
        constraints = [
            models.UniqueConstraint(fields=["owner", "origin"], name="imported_once"),
        ]

    def __str__(self) -> str:
        return self.origin
