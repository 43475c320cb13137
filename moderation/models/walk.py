"""Where a thing could be seen or heard before a decision, and where after it."""

from django.db import models

from config.lib.ids import uuid7
from moderation.models.case import Case
from moderation.models.decision import Decision


class Walk(models.Model):
    """One round of a visitor over every surface of a thing: address, status, and whether shown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="walks")
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="walks"
    )
    surfaces = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="walk_order")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.created_at:%Y-%m-%d %H:%M}"
