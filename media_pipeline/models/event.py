"""What has happened, told once. Readers follow it; signals only wake them."""

from django.db import models
from django.db.models import Q

from config.lib.ids import uuid7


class Event(models.Model):
    """One thing that has happened, of the same transaction as the thing itself.

    Append-only. `number` is given after the commit, in an order that is final and without a gap: a
    reader that has read up to one has missed nothing before it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.BigIntegerField(null=True, unique=True, help_text="Given after the commit.")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, help_text="app.model:id")
    actor = models.UUIDField(null=True, help_text="Whose deed it was; nobody's if empty.")
    audience = models.CharField(max_length=80, help_text="Who may hear of it.")
    data = models.JSONField(default=dict, help_text="Ids only.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="event_old"),
            models.Index(fields=["id"], condition=Q(number__isnull=True), name="event_unnumbered"),
            models.Index(fields=["subject"], name="event_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.subject}"


class EventReader(models.Model):
    """How far a reader has read."""

    name = models.CharField(max_length=60, primary_key=True)
    read = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.name} {self.read}"


class EventNumber(models.Model):
    """The last number given; its only row is the lock of those who give numbers."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="event_number_is_one")]

    def __str__(self) -> str:
        return str(self.last)
