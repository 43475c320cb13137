"""What the storage holds, counted, and where bytes and rows do not fit together."""

from django.db import models

from config.lib.ids import uuid7


class StorageTally(models.Model):
    """How much of one kind the storage held when it was counted last."""

    kind = models.CharField(max_length=20, primary_key=True)
    files = models.PositiveBigIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "storage tallies"

    def __str__(self) -> str:
        return f"{self.kind}: {self.bytes} bytes"


class StorageFinding(models.Model):
    """One key that is not as the rows say. It is only listed; a person decides."""

    class Kind(models.TextChoices):
        ORPHAN = "orphan", "Bytes without a row"
        MISSING = "missing", "A row without its bytes"
        DAMAGED = "damaged", "Other bytes than those that arrived"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=7, choices=Kind)
    key = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes")
    asset_id = models.UUIDField(null=True, blank=True, help_text="Whose file it is or was.")
    found_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(help_text="When it was found last.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="storage_finding_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
