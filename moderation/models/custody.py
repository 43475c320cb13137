"""What is kept as evidence of a serious crime, apart from everything else on the site."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from config.lib.cipher import SealedField
from config.lib.ids import uuid7
from moderation.models.case import Case
from moderation.models.decision import Decision

REASON_CHARS, AUTHORITY_CHARS = 1000, 200


class CustodyQuerySet(models.QuerySet["Custody"]):
    """What is kept apart."""

    def held(self) -> "CustodyQuerySet":
        """Return what nobody has released."""
        return self.filter(released_at=None)


class Custody(models.Model):
    """A bundle of originals, words and reports, sealed, which outlives what it was made of.

    The bundle is encrypted with a key of its own, which the site's key seals. It ends by an act of
    a moderator, and not by time: at `until` one is asked to look again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="custodies")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=REASON_CHARS)
    authority = models.CharField(max_length=AUTHORITY_CHARS, help_text="Who is told of it.")
    until = models.DateTimeField(help_text="By when to look whether it is still needed.")
    track_ids = ArrayField(
        models.UUIDField(),
        default=list,
        blank=True,
        help_text="The pieces whose files are in it, those of a release included.",
    )
    secret = SealedField(blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what is sealed.")
    size_bytes = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(null=True, help_text="When the bundle was whole.")
    created_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    release_reason = models.TextField(max_length=REASON_CHARS, blank=True)

    objects = CustodyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "custody"
        permissions = [("open_custody", "Can open what is kept apart")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(released_at=None), name="custody_once_a_case"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(release_reason__regex=r"\S"),
                name="custody_is_released_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.created_at:%Y-%m-%d}"

    @property
    def key(self) -> str:
        """Return where the sealed bundle lies in the storage."""
        return f"custody/{self.pk}"
