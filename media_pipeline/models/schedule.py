"""When the work that comes round by itself is due next: one row, however many hosts."""

from django.db import models
from django.db.models.functions import Now


class Schedule(models.Model):
    """One kind of job that comes round; which and how often is said by the app that owns it."""

    kind = models.CharField(max_length=60, primary_key=True)
    next_at = models.DateTimeField(db_default=Now())
    last_at = models.DateTimeField(null=True, blank=True, help_text="When it was queued last.")

    def __str__(self) -> str:
        return f"{self.kind} at {self.next_at:%F %T}"
