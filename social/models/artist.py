"""What an artist's own page looks like, and what the press may take from it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models

from config.lib.ids import uuid7
from config.lib.urls import address_of
from tracks.models.described import Licence


class PageSection(models.TextChoices):
    """A part of an artist's page; here in the order in which they stand by themselves."""

    RELEASE = "release", "Releases"
    TRACK = "track", "Tracks"
    PLAYLIST = "playlist", "Playlists"


class ArtistPicture(models.Model):
    """A picture of an artist: one stands wide above their page, others are for the press.

    What is shown is made anew of the original (its asset's artwork), which its owner alone gets.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pictures"
    )
    asset = models.OneToOneField(
        "media_pipeline.Asset", on_delete=models.PROTECT, related_name="artist_picture"
    )
    is_header = models.BooleanField(default=False)
    alt = models.CharField(max_length=300, blank=True, help_text="What is to be seen on it.")
    credit = models.CharField(max_length=200, blank=True, help_text="Who has made it.")
    licence = models.CharField(max_length=20, choices=Licence, default=Licence.RESERVED)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["user", "id"], name="artist_picture_in_order")]

    def __str__(self) -> str:
        return self.alt or str(self.pk)

    def get_absolute_url(self) -> str:
        """Return where it is shown."""
        return address_of("artist-picture", self.user.handle, self.pk)


class ArtistPage(models.Model):
    """What somebody has made of their page; nobody needs one."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="artist_page",
    )
    accent = models.CharField(
        max_length=6, blank=True, validators=[RegexValidator("^[0-9a-f]{6}$")], help_text="rrggbb"
    )
    header = models.OneToOneField(
        ArtistPicture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    press_md = models.TextField("for the press", max_length=10_000, blank=True)
    shows_press = models.BooleanField(default=False)
    sections = ArrayField(
        models.CharField(max_length=8, choices=PageSection),
        default=list,
        blank=True,
        help_text="In the order in which they stand; what is not named comes behind.",
    )
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"page of {self.user_id}"

    @property
    def order(self) -> list[PageSection]:
        """Return all sections in the order in which they stand, each once."""
        named = [PageSection(name) for name in self.sections if name in PageSection.values]
        return list(dict.fromkeys([*named, *PageSection]))
