"""From draft to approved, with the names of those who said so."""

from django.conf import settings
from django.db import models

from config.lib.ids import uuid7


class Stage(models.TextChoices):
    DRAFT = "draft", "Draft"
    MIX = "mix", "Mix"
    MASTER = "master", "Master"
    APPROVED = "approved", "Approved"


class Approver(models.Model):
    """Somebody whose word is needed before a track goes on to its next stage."""

    track = models.ForeignKey("tracks.Track", on_delete=models.CASCADE, related_name="approvers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="approvals"
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["track", "user"], name="approver_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.track_id}"


class SignOff(models.Model):
    """One act. Rows are only ever added; where a track stands follows from them."""

    class Act(models.TextChoices):
        SIGNED = "signed", "signed off"
        DECLINED = "declined", "asked for changes"
        WITHDRAWN = "withdrawn", "took the signature back"
        ADVANCED = "advanced", "moved it on"
        RETURNED = "returned", "sent it back"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey("tracks.Track", on_delete=models.CASCADE, related_name="sign_offs")
    version = models.ForeignKey(
        "tracks.TrackVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    act = models.CharField(max_length=9, choices=Act)
    stage = models.CharField(max_length=8, choices=Stage, help_text="The stage it is about.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["track", "-id"], name="sign_off_track")]

    def __str__(self) -> str:
        return f"{self.act} {self.stage}"
