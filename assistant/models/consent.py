"""Where a recording may be read by a machine."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from config.lib.ids import uuid7

PROVIDER_CHARS = 40


class Where(models.TextChoices):
    """How far a recording, and its words, may go to be read."""

    NOWHERE = "nowhere", "Nowhere"
    HERE = "here", "On this server"
    PROVIDERS = "providers", "By providers that are named"


class Mining(models.TextChoices):
    """Whether text and data mining of what everybody can read is reserved (TDMRep)."""

    RESERVED = "reserved", "Reserved: nobody may mine it without asking"
    OPEN = "open", "Open: it may be mined"


class Consent(models.Model):
    """What an owner has said of one piece; where nothing is said, the site's own words count."""

    track = models.OneToOneField(
        "tracks.Track", on_delete=models.CASCADE, primary_key=True, related_name="consent"
    )
    where = models.CharField(max_length=10, choices=Where, blank=True)
    mining = models.CharField(max_length=8, choices=Mining, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    set_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.track_id}: {self.where}"


class ProviderConsent(models.Model):
    """An owner let one provider read one piece. A log: rows stay as long as the piece does."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey(
        "tracks.Track", on_delete=models.CASCADE, related_name="provider_consents"
    )
    provider = models.CharField(max_length=PROVIDER_CHARS)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    given_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["track", "provider"],
                condition=models.Q(withdrawn_at=None),
                name="one_consent_per_provider",
            )
        ]

    def __str__(self) -> str:
        return f"{self.track_id}: {self.provider}"
