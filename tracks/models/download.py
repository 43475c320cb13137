"""Giving away: to whom, what was made ready for it, and what was taken."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from config.lib.ids import uuid7


class Given(models.TextChoices):
    """What is given of a piece."""

    ORIGINAL = "original", "Original"
    FLAC = "flac", "FLAC"
    MP3 = "mp3", "MP3, 320 kbit/s"
    STEMS = "stems", "Stems"


class ListedListener(models.Model):
    """Somebody on an artist's list: gets what is open to people on it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="listeners"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="listed_by"
    )
    note = models.CharField(max_length=200, blank=True, help_text="Shown to the owner only.")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "person"], name="listener_once"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.person_id}"


class GrantQuerySet(models.QuerySet["DownloadGrant"]):
    """Grants, by whether they hold."""

    def valid(self) -> "GrantQuerySet":
        """Return those that were neither taken back nor have run out."""
        lasting = Q(expires_at=None) | Q(expires_at__gt=Now())
        return self.filter(lasting, revoked_at=None)

    def of(self, user: Any, what: str) -> "GrantQuerySet":
        """Return the valid grants of this to one person."""
        return self.valid().filter(Q(what=what) | Q(what=""), person_id=user.pk)


class DownloadGrant(models.Model):
    """Leave for one person to keep something of one track or release; `what` empty means all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey(
        "tracks.Track",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="download_grants",
    )
    release = models.ForeignKey(
        "tracks.Release",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="download_grants",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="download_grants"
    )
    what = models.CharField(max_length=8, choices=Given, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    granted_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(track=None) ^ Q(release=None), name="grant_of_one_thing"
            ),
            models.UniqueConstraint(
                fields=["track", "release", "person", "what"],
                condition=Q(revoked_at=None),
                nulls_distinct=False,
                name="grant_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.what or 'everything'}"


class PreparedFile(models.Model):
    """A file that can be given out: bytes of a stored one, with a head and a tail of its own.

    It is `head_size` bytes of `key`, then bytes `base_start` to `base_end` of `base_key`, then the
    rest of `key`. What a stored file says of itself is kept beside it, and it stays as it came.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    asset = models.ForeignKey(
        "media_pipeline.Asset", on_delete=models.CASCADE, related_name="prepared"
    )
    what = models.CharField(max_length=8, choices=Given)
    digest = models.CharField(max_length=64, help_text="Of the words and the cover in it.")
    base_key = models.CharField(max_length=200)
    base_start = models.PositiveBigIntegerField(default=0)
    base_end = models.PositiveBigIntegerField(default=0)
    key = models.CharField(max_length=200, blank=True)
    key_size = models.PositiveBigIntegerField(default=0)
    head_size = models.PositiveBigIntegerField(default=0)
    ending = models.CharField(max_length=10)
    size_bytes = models.PositiveBigIntegerField()
    crc32 = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    prepared_at = models.DateTimeField(auto_now_add=True)
    wanted_at = models.DateTimeField(
        default=timezone.now,
        help_text="When it last was what is given; a while after that it goes.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asset", "what", "digest"], name="prepared_once"),
        ]
        indexes = [
            models.Index(fields=["wanted_at"], name="prepared_wanted"),
            models.Index(fields=["base_key"], name="prepared_base"),
            models.Index(fields=["key"], name="prepared_key"),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.asset_id}"

    def pieces(self) -> list[list[Any]]:
        """Return of which stretches it is: key, start, end; none of them empty."""
        found: list[Any] = [
            [self.key, 0, self.head_size],
            [self.base_key, self.base_start, self.base_end],
            [self.key, self.head_size, self.key_size],
        ]
        return [piece for piece in found if piece[1] < piece[2]]


class Parcel(models.Model):
    """What is handed out, byte by byte: one file, or a zip of many. The same for all who get it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=60)
    size_bytes = models.PositiveBigIntegerField()
    stretches = models.JSONField(help_text="Key, start and end; or the bytes themselves, base64.")
    media = models.JSONField(help_text="Ids of the media whose epochs end its addresses.")
    files = models.JSONField(help_text="Ids of the prepared files in it.")
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["used_at"], name="parcel_used")]

    def __str__(self) -> str:
        return self.filename


class Download(models.Model):
    """Somebody has taken something; one that was resumed counts once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="downloads",
    )
    visitor = models.CharField(max_length=24, blank=True, help_text="A pseudonym.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="downloads_given"
    )
    track = models.ForeignKey(
        "tracks.Track", null=True, blank=True, on_delete=models.SET_NULL, related_name="downloads"
    )
    release = models.ForeignKey(
        "tracks.Release",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="downloads",
    )
    version = models.ForeignKey(
        "tracks.TrackVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=200, help_text="As it was called then.")
    what = models.CharField(max_length=8, choices=Given)
    granted_original = models.BooleanField(default=False)
    granted_stems = models.BooleanField(default=False)
    size_bytes = models.PositiveBigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    parcel = models.ForeignKey(
        Parcel, null=True, blank=True, on_delete=models.SET_NULL, related_name="downloads"
    )
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Its address opens no more.")

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-id"], name="download_owner_newest"),
            models.Index(fields=["user", "-id"], name="download_user_newest"),
            models.Index(fields=["at"], name="download_at"),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.title}"
