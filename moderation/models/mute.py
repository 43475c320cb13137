"""Who reports what is manifestly unfounded, again and again: the warning, the mute, its end."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from config.lib.ids import uuid7
from moderation.models.report import Report

FACTS_CHARS = 4000


class MuteQuerySet(models.QuerySet["Mute"]):
    """Acts about sources of reports."""

    def in_force(self) -> "MuteQuerySet":
        """Return the mutes that hold at this moment."""
        return self.filter(kind=Mute.Kind.MUTE, until__gt=Now(), undone_by=None)

    def of(self, *, reporter: Any, source: str) -> "MuteQuerySet":
        """Return those about an account, or, for whoever has none, about an address."""
        if reporter:
            return self.filter(person=reporter)
        return self.filter(person=None, source=source) if source else self.none()


class Mute(models.Model):
    """One act of a moderator about a source (Regulation (EU) 2022/2065, art. 23 (2)).

    Rows only come: a mute is ended early by one that names it in `undoes`.
    """

    class Kind(models.TextChoices):
        WARN = "warn", "Warning"
        MUTE = "mute", "Mute"
        LIFT = "lift", "End of a mute"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=4, choices=Kind)
    report = models.ForeignKey(
        Report,
        null=True,
        on_delete=models.SET_NULL,
        related_name="mutes",
        help_text="Before which it was decided.",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    source = models.CharField(max_length=24, blank=True, help_text="A pseudonym of an address.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    facts = models.TextField(max_length=FACTS_CHARS)
    until = models.DateTimeField(null=True)
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.CASCADE, related_name="undone_by"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MuteQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-id"], name="mute_person"),
            models.Index(fields=["source", "-id"], name="mute_source"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(facts__regex=r"\S"), name="mute_says_its_facts"),
            models.CheckConstraint(
                condition=Q(kind="mute", until__isnull=False) | (~Q(kind="mute") & Q(until=None)),
                name="mute_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(kind="lift", undoes__isnull=False) | (~Q(kind="lift") & Q(undoes=None)),
                name="mute_is_lifted_by_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.created_at:%Y-%m-%d}"

    @property
    def holds(self) -> bool:
        """Tell whether it is a mute that is in force; `undone_by` must have been looked up."""
        if self.kind != self.Kind.MUTE or self.until is None or hasattr(self, "undone_by"):
            return False
        return self.until > timezone.now()
