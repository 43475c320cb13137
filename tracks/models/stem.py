"""One part of a master, on its own: the voice, the drums."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from config.lib.ids import uuid7
from tracks import access
from tracks.models.version import VersionQuerySet


class StemQuerySet(models.QuerySet["Stem"]):
    """Stems, by who may hear them."""

    def opened_by(self, user: access.User, key: str = "", session: Any = None) -> "StemQuerySet":
        """Return the stems of the versions this person may hear."""
        versions: VersionQuerySet = apps.get_model("tracks.TrackVersion").objects.all()
        return self.filter(version__in=versions.opened_by(user, key, session))


class Stem(models.Model):
    """A stem of a version: plays sample-aligned with its siblings, from the same beginning."""

    class Role(models.TextChoices):
        VOCAL = "vocal", "Voice"
        DRUM = "drum", "Drums"
        BASS = "bass", "Bass"
        GUITAR = "guitar", "Guitar"
        SYNTH = "synth", "Synth"
        FX = "fx", "Effects"
        OTHER = "other", "Other"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(
        "tracks.TrackVersion", on_delete=models.CASCADE, related_name="stems"
    )
    role = models.CharField(max_length=8, choices=Role, default=Role.OTHER)
    title = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    media = models.OneToOneField(
        "media_pipeline.Media", on_delete=models.PROTECT, related_name="stem"
    )
    upload = models.OneToOneField(
        "media_pipeline.Upload",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stem",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title or self.get_role_display()
