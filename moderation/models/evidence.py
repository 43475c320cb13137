"""The right of one moderator to look at what is not theirs, for one purpose and a while."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.lib.ids import uuid7

REASON_CHARS = 500


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence, by who may look at it now."""

    def open_to(self, user: Any) -> "EvidenceQuerySet":
        """Return what this person may look at as evidence, at this moment."""
        return self.filter(moderator_id=user.pk, expires_at__gt=Now(), closed_at=None)


class Evidence(models.Model):
    """A track, or all that a person has, opened to a moderator. It gives no right to change it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="evidence"
    )
    track = models.ForeignKey(
        "tracks.Track", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    reason = models.CharField(max_length=REASON_CHARS)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        indexes = [models.Index(fields=["moderator", "expires_at"], name="evidence_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(track=None, person__isnull=False) | Q(track__isnull=False, person=None),
                name="evidence_is_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.track or self.person}"
