"""A piece of music with an address."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from config.lib.ids import token128, uuid7
from tracks.addresses import address_of
from tracks.models import search
from tracks.models.querysets import TrackQuerySet

if TYPE_CHECKING:
    from tracks.cards import Card


class Track(models.Model):
    """A piece, in one or more versions. Found only through `visible_to(user)`."""

    card: "Card"  # only where tracks.cards has set it

    class Visibility(models.TextChoices):
        PUBLIC = "public", "Public: everybody can find and play it"
        UNLISTED = "unlisted", "Unlisted: whoever has the link can play it"
        PRIVATE = "private", "Private: only you"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tracks"
    )
    slug = models.SlugField(max_length=90, unique=True)
    token = models.CharField(
        max_length=22, unique=True, default=token128, help_text="The unlisted address is this key."
    )
    title = models.CharField(max_length=200)
    description_md = models.TextField(max_length=20_000, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    release_at = models.DateTimeField(null=True, blank=True)
    primary_version = models.ForeignKey(
        "tracks.TrackVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opens_lossless = models.BooleanField(
        "lossless for listeners",
        default=False,
        help_text="Whoever may listen may listen in lossless quality.",
    )
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TrackQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-id"], name="track_owner_newest"),
            models.Index(
                fields=["-published_at", "-id"],
                condition=models.Q(visibility="public", published_at__isnull=False),
                name="track_public_newest",
            ),
            GinIndex(search.OF_TRACK, name="track_words"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the one address to pass on: the key for unlisted tracks, else the slug."""
        if self.visibility == self.Visibility.UNLISTED:
            return address_of("track-unlisted", self.token)
        return address_of("track-detail", self.slug)
