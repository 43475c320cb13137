"""What counts against somebody: one row for a decision about something that was not theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from config.lib.ids import uuid7
from moderation.models.decision import Decision
from moderation.models.report import Report

WHY_CHARS = 1000


@dataclass(frozen=True)
class Policy:
    """When somebody is a repeat infringer. The page for everybody is drawn from this."""

    counts_for: timedelta
    most: int


POLICY = Policy(counts_for=timedelta(days=90), most=3)


class StrikeQuerySet(models.QuerySet["Strike"]):
    """Strikes, by what counts now."""

    def counting(self) -> "StrikeQuerySet":
        """Return what counts: not withdrawn, its decision not undone, and not too old."""
        return self.filter(
            withdrawn_at=None,
            decision__undone_by=None,
            created_at__gt=Now() - POLICY.counts_for,
        )


class Strike(models.Model):
    """A decision that counts against whom it touches, with whose notice led to it.

    Rows only come; to withdraw one is the only change, and a trigger sees to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="strike")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(
        Report,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The notice that led to it; empty where there was none, or it was forgotten.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    why_withdrawn = models.TextField(max_length=WHY_CHARS, blank=True)

    objects = StrikeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="strike_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, why_withdrawn="")
                | Q(withdrawn_at__isnull=False, why_withdrawn__regex=r"\S"),
                name="strike_is_withdrawn_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision.title}, {self.created_at:%Y-%m-%d}"

    @property
    def counts_until(self) -> datetime:
        """Return when it stops to count by itself."""
        return self.created_at + POLICY.counts_for

    @property
    def state(self) -> str:
        """Return where it stands: `counts`, `withdrawn`, or `expired`; asks for its decision."""
        if self.withdrawn_at or getattr(self.decision, "undone_by", None):
            return "withdrawn"
        return "counts" if timezone.now() < self.counts_until else "expired"
