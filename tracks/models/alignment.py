"""Where each moment of one version of a track is in another."""

from django.db import models
from django.db.models import F, Q

from config.lib.ids import uuid7


class VersionAlignment(models.Model):
    """Two versions laid side by side, the one with the smaller number first.

    `passages` are what both have in common: [start, end, offset] in ms, of the older version, and
    by how much later it is in the newer; none where they have nothing in common. The two
    loudnesses are those of these passages alone; null where there is too little to measure.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    older = models.ForeignKey("tracks.TrackVersion", on_delete=models.CASCADE, related_name="+")
    newer = models.ForeignKey("tracks.TrackVersion", on_delete=models.CASCADE, related_name="+")
    passages = models.JSONField(default=list)
    older_lufs = models.FloatField(null=True, blank=True)
    newer_lufs = models.FloatField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["older", "newer"], name="versions_aligned_once"),
            models.CheckConstraint(
                condition=~Q(older=F("newer")), name="alignment_of_two_versions"
            ),
        ]

    def __str__(self) -> str:
        return f"{len(self.passages)} passages"

    @property
    def is_moved(self) -> bool:
        """Tell whether anything is at another second in the newer version."""
        return any(offset for _, _, offset in self.passages)
