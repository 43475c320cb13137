"""That somebody who opened a piece to others has said that they may."""

from django.conf import settings
from django.db import models

from config.lib.cipher import SealedField
from config.lib.ids import uuid7
from tracks.attesting import TEXT, WAYS
from tracks.models import Track

# Every text that was ever said, by its version; what was said once is never changed.
TEXTS = {1: TEXT}


class Attestation(models.Model):
    """Said of a track by each of its owners, once in each text; it stays when the track is gone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey(
        Track, null=True, on_delete=models.SET_NULL, related_name="attestations"
    )
    track_key = models.UUIDField(help_text="The track's id, when it is gone, too.")
    title = models.CharField(max_length=200, help_text="What it was called then.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="attestations",
        help_text="Whose it was then.",
    )
    version = models.PositiveSmallIntegerField(help_text="Of the text.")
    way = models.CharField(max_length=8, choices=[(way, way) for way in WAYS])
    expressly = models.BooleanField(
        default=True, help_text="Else a program has opened it without saying so."
    )
    network = SealedField(
        blank=True, help_text="From where, cut to a network; forgotten after a year."
    )
    attested_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["track", "person", "version"], name="attestation_once_a_text"
            )
        ]
        indexes = [
            models.Index(fields=["track_key"], name="attestation_track"),
            models.Index(fields=["attested_at"], name="attestation_age"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: text {self.version}"

    @property
    def text(self) -> str:
        """Return what was said."""
        return TEXTS[self.version]
