"""An original, kept byte for byte, and the opaque name it is served under."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import F

from config.lib.ids import uuid7

CHANGING = ()  # kept in place of a record: the row decides
CHANGING_SECONDS = 30  # longer than anybody holds a row they have read


class Source(models.TextChoices):
    """How bytes came here."""

    FILE = "file", "A file"
    MICROPHONE = "microphone", "Recorded here with a microphone"
    ADDRESS = "address", "Fetched from an address"
    IMPORT = "import", "The archive of another site"


class Asset(models.Model):
    """One original. Assets of the same bytes share one `key`: stored once, processed each."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assets"
    )
    bucket = models.CharField(max_length=63, blank=True)
    key = models.CharField(max_length=200)
    filename = models.CharField(max_length=255, help_text="As the owner named it; shown only.")
    size_bytes = models.PositiveBigIntegerField()
    mime = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="Hex, computed by Nexus.")
    source_type = models.CharField(max_length=10, choices=Source, default=Source.FILE)
    source_url = models.URLField(
        max_length=2000, blank=True, help_text="Where it was found, as who brought it says."
    )
    imported_at = models.DateTimeField(
        null=True, blank=True, help_text="When it came from an address or another site."
    )
    attempt = models.CharField(
        max_length=40, blank=True, help_text="Published directory of the main job."
    )
    extras_attempt = models.CharField(max_length=40, blank=True)
    playable_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(
        null=True, blank=True, help_text="When the original was read again and hashed."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "sha256"], name="asset_owner_sha256"),
            models.Index(fields=["sha256"], name="asset_sha256"),
            models.Index(fields=["key"], name="asset_key"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256="") | models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="asset_sha256_is_hex",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def prefix_of(self, attempt: str) -> str:
        """Return the storage prefix of one attempt's outputs, without a trailing slash."""
        return f"transcodes/{self.pk}/{attempt}"

    @property
    def playable(self) -> bool:
        """True once the first segments of every default rendition can be heard."""
        return self.playable_at is not None


class MediaQuerySet(models.QuerySet["Media"]):
    """Media, and the end of what was signed for them."""

    def revoke(self) -> None:
        """End every signature made so far for all of these, in one go."""
        ids = list(self.order_by().values_list("pk", flat=True))
        Media.objects.filter(pk__in=ids).update(epoch=F("epoch") + 1)
        Media.forget(ids)


class Media(models.Model):
    """The opaque id that signed addresses carry: one per version, even where bytes are shared."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="media")
    epoch = models.PositiveIntegerField(default=0, help_text="Raised to revoke every signature.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MediaQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "media"

    def __str__(self) -> str:
        return str(self.pk)

    def revoke(self) -> None:
        """End every signature made so far."""
        Media.objects.filter(pk=self.pk).revoke()
        self.refresh_from_db(fields=["epoch"])

    @classmethod
    def forget(cls, ids: Iterable[Any]) -> None:
        """Let delivery look at the rows of these anew: at once, and again on commit.

        Whoever has read an old row meanwhile does not keep it: its place is taken for a while.
        """
        taken = {cls.cache_key(pk): CHANGING for pk in ids}

        def take() -> None:
            cache.set_many(taken, CHANGING_SECONDS)

        take()
        transaction.on_commit(take)

    @staticmethod
    def cache_key(media_id: Any) -> str:
        """Return the cache key under which delivery keeps this media's epoch and asset."""
        return f"media:{media_id}"
