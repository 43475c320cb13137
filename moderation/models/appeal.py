"""That somebody says a decision is wrong, and what they were answered."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from config.lib.ids import uuid7
from moderation.models.case import Case
from moderation.models.decision import Decision
from moderation.models.report import Report

APPEAL_CHARS, ANSWER_CHARS = 4000, 4000
# At least six months (Regulation (EU) 2022/2065, art. 20 (1)): 184 days are the longest there are.
APPEAL_FOR = timedelta(days=184)


class Appeal(models.Model):
    """By whom a decision touches, or by whoever reported what nothing was done about."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appeals")
    report = models.ForeignKey(
        Report,
        null=True,
        on_delete=models.SET_NULL,
        related_name="appeals",
        help_text="Of whoever reported it.",
    )
    by_reporter = models.BooleanField(default=False)
    words = models.TextField(max_length=APPEAL_CHARS)
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(max_length=ANSWER_CHARS, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    led_to = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="appeal_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(by_reporter=False), name="appeal_once"
            ),
            models.UniqueConstraint(fields=["decision", "report"], name="appeal_once_a_report"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answer__regex=r"\S"),
                name="appeal_is_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]
