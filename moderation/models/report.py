"""What somebody says is wrong with a thing."""

from django.conf import settings
from django.db import models

from config.lib.ids import token128, uuid7
from config.lib.urls import address_of
from moderation.models.case import Case, Reason

WORDS_CHARS = 4000


class Report(models.Model):
    """One person's or visitor's report. Its key opens the page that tells how it stands."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    key = models.CharField(max_length=22, unique=True, default=token128)
    reason = models.CharField(max_length=13, choices=Reason)
    words = models.TextField(max_length=WORDS_CHARS, blank=True)
    at_ms = models.PositiveIntegerField(null=True, help_text="The moment it is about.")
    version_id = models.UUIDField(null=True, help_text="The version that was heard.")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    source = models.CharField(
        max_length=24, blank=True, help_text="A pseudonym of the address it came from."
    )
    is_muted = models.BooleanField(
        default=False, help_text="From a source that was muted then: it opens no case by itself."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="report_order"),
            models.Index(fields=["reporter", "-id"], name="report_reporter"),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.created_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Return the address of the page that tells how it stands."""
        return address_of("report-track", self.key)
