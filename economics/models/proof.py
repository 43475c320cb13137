"""What was published of the ledger, so that a giver can prove that theirs is in it.

Rows only come; triggers see to it, as with the ledger.
"""

from django.db import models
from django.db.models.functions import Now

from economics.models.ledger import LedgerTransaction

HASH_CHARS = 64  # SHA-256, and nonces of 32 bytes, in hex


class Batch(models.Model):
    """Steps of contributions that were closed together, as a tree whose root has their sums."""

    number = models.PositiveIntegerField(primary_key=True, help_text="From 1, without a gap.")
    count = models.PositiveIntegerField()
    root = models.CharField(max_length=HASH_CHARS)
    sums = models.JSONField(help_text="Minor units by line.")
    previous = models.CharField(max_length=HASH_CHARS, blank=True, help_text="The head before it.")
    head = models.CharField(max_length=HASH_CHARS)
    closed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{self.number} {self.head[:12]}"


class Leaf(models.Model):
    """One step of a contribution in its batch. The nonce is for its giver alone."""

    transaction = models.OneToOneField(
        LedgerTransaction, primary_key=True, on_delete=models.PROTECT, related_name="leaf"
    )
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="leaves")
    position = models.PositiveIntegerField()
    lines = models.JSONField(help_text="Minor units by line, as they were hashed.")
    nonce = models.CharField(max_length=HASH_CHARS)

    class Meta:
        verbose_name_plural = "leaves"
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="leaf_position"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}.{self.position}"
