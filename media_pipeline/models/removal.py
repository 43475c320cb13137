"""Files that have to go. The row outlives a process that is killed while removing them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from config.lib.ids import uuid7


class Removal(models.Model):
    """What one deleted asset has left in storage; dropped once nobody can write there any more."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    asset_id = models.UUIDField()
    original_key = models.CharField(
        max_length=200, help_text="Removed only when no other asset shares it."
    )
    keys = ArrayField(models.CharField(max_length=200), default=list)
    prefixes = ArrayField(models.CharField(max_length=200), default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"files of {self.asset_id}"
