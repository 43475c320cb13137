"""Pieces that belong together."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from config.lib.ids import token128, uuid7
from config.lib.urls import address_of
from tracks import dates
from tracks.models.audience import Audience
from tracks.models.collecting import (
    CollectionManager,
    CollectionQuerySet,
    ReleaseManager,
    ReleaseQuerySet,
)
from tracks.models.described import Licence


class Collection(models.Model):
    """What a release and a playlist have in common. Found only through `visible_to(user)`."""

    owner: Any  # each has its own, under its own name there

    class Visibility(models.TextChoices):
        PUBLIC = "public", "Public: everybody can find and play it"
        UNLISTED = "unlisted", "Unlisted: whoever has the link can play it"
        PRIVATE = "private", "Private: only you"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=90, unique=True)
    token = models.CharField(max_length=22, unique=True, default=token128)
    title = models.CharField(max_length=200)
    description_md = models.TextField(max_length=20_000, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    cover = models.OneToOneField(
        "media_pipeline.Media",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="%(class)s_cover",
        help_text="Its own cover; without one, that of its first track is shown.",
    )
    cover_accent = models.CharField(max_length=6, blank=True)
    revision = models.PositiveBigIntegerField(
        default=0, help_text="Raised by one with every change of what stands in it."
    )
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def artist(self) -> str:
        """Return whose it is as one text: the artists' names of a release, else its owner's."""
        return getattr(self, "artist_credit", "") or str(self.owner.name)


class Release(Collection):
    """An album, an EP or a single: the owner's own tracks, in order."""

    class Kind(models.TextChoices):
        ALBUM = "album", "Album"
        EP = "ep", "EP"
        SINGLE = "single", "Single"
        COMPILATION = "compilation", "Compilation"
        LIVE = "live", "Live"
        MIX = "mix", "Mix"

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="releases"
    )
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.ALBUM)
    released_on = models.CharField(max_length=dates.LONGEST, blank=True)  # as much as is known
    artist_credit = models.CharField(
        max_length=400,
        blank=True,
        help_text="The names of its artists as one text; empty means its owner's.",
    )
    release_at = models.DateTimeField(
        null=True, blank=True, help_text="The moment from which everybody may hear it."
    )
    time_zone = models.CharField(
        max_length=60, blank=True, help_text="The artist's, in which the moment was said."
    )
    published_at = models.DateTimeField(null=True, blank=True)
    catalogue_number = models.CharField(max_length=60, blank=True)
    upc = models.CharField(
        "UPC or EAN", max_length=13, blank=True, help_text="12 or 13 digits (GS1)."
    )
    notes_md = models.TextField("liner notes", max_length=50_000, blank=True)
    licence = models.CharField(max_length=20, choices=Licence, default=Licence.RESERVED)
    download = models.CharField(max_length=9, choices=Audience, default=Audience.NOBODY)
    label = models.ForeignKey(
        "tracks.Label", null=True, blank=True, on_delete=models.SET_NULL, related_name="releases"
    )
    guessed = models.JSONField(
        default=dict,
        blank=True,
        help_text="What its files' tags have said, by column: what differs now is its owner's.",
    )

    objects = ReleaseManager()
    everything = ReleaseQuerySet.as_manager()  # the deleted ones too

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-id"], name="release_owner_newest"),
            models.Index(
                fields=["release_at"],
                condition=Q(visibility="public", published_at__isnull=True),
                name="release_to_come",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_on__regex=dates.PATTERN), name="release_date_in_part"
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the one address to pass on: the key for unlisted ones, else the slug."""
        if self.visibility == self.Visibility.UNLISTED:
            return address_of("release-unlisted", self.token)
        return address_of("release-detail", self.slug)

    @property
    def released(self) -> str:
        """Return its date for people: `1977`, `March 1977`, `1 March 1977`; empty for none."""
        return dates.shown(self.released_on)


class ReleaseTrack(models.Model):
    """A track's place on a release."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="items")
    track = models.ForeignKey(
        "tracks.Track", on_delete=models.CASCADE, related_name="release_items"
    )
    position = models.PositiveSmallIntegerField(help_text="On the whole release, from 1.")
    disc = models.PositiveSmallIntegerField(default=1)
    path = models.CharField(
        max_length=400, blank=True, help_text="Of its file, below the folder that was dropped."
    )
    is_read = models.BooleanField(default=False, help_text="Its file's tags were taken.")
    guessed = models.JSONField(
        default=dict, blank=True, help_text="What they said of its track, by column."
    )
    opens_with = models.BooleanField(
        default=False, help_text="Its release has made the track public; it closes with it, too."
    )

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(
                fields=["track"],
                condition=Q(is_read=False) & ~Q(path=""),
                name="release_track_unread",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["release", "track"], name="release_track_once"),
            models.UniqueConstraint(
                fields=["release", "position"],
                name="release_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.track_id}"


class Playlist(Collection):
    """Anybody's tracks in an order somebody chose. A track may stand in it twice."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="playlists"
    )
    rules = models.JSONField(
        null=True,
        blank=True,
        help_text="What stands in a smart one (tracks.criteria); null where people put it there.",
    )
    all_take_out = models.BooleanField(
        default=False,
        help_text="Collaborators take out what others have added, too.",
    )

    objects = CollectionManager()
    everything = CollectionQuerySet.as_manager()  # the deleted ones too

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-id"], name="playlist_owner_newest"),
        ]

    def get_absolute_url(self) -> str:
        """Return the one address to pass on: the key for unlisted ones, else the slug."""
        if self.visibility == self.Visibility.UNLISTED:
            return address_of("playlist-unlisted", self.token)
        return address_of("playlist-detail", self.slug)

    @property
    def is_smart(self) -> bool:
        """Tell whether rules say what stands in it."""
        return self.rules is not None


class PlaylistItem(models.Model):
    """One entry of a playlist."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    playlist = models.ForeignKey(Playlist, on_delete=models.CASCADE, related_name="items")
    track = models.ForeignKey(
        "tracks.Track", on_delete=models.CASCADE, related_name="playlist_items"
    )
    position = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["playlist", "position"],
                name="playlist_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.track_id}"
