"""What was said of a piece before, and who said it anew."""

from django.conf import settings
from django.db import models

from config.lib.ids import uuid7


class Revision(models.Model):
    """One save: of each field that changed, what it was (`before`) and what it became (`after`)."""

    changes: list[tuple[str, str, str]]  # only where a presenter has set it: field, before, after

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey("tracks.Track", on_delete=models.CASCADE, related_name="revisions")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    before = models.JSONField()
    after = models.JSONField()
    undoes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="undone_by"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["track", "-id"], name="revision_newest")]

    def __str__(self) -> str:
        return ", ".join(self.after)
