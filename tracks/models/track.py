"""A piece of music with an address."""

from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q

from config.lib.ids import token128, uuid7
from config.lib.problems import Problem
from config.lib.urls import address_of
from tracks import access, hidden_words, mining
from tracks.models import columns, search
from tracks.models.audience import Audience
from tracks.models.credit import credits_beside
from tracks.models.described import LICENSED, PUBLISHED, Described
from tracks.models.on_releases import release_cover, release_downloads
from tracks.models.tag import tags_beside

NEWEST = ["-published_at", "-id"]


class TrackQuerySet(models.QuerySet["Track"]):
    """Tracks, by who may see them and what a page needs."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "TrackQuerySet":
        """Return the tracks this person may open without holding a link."""
        return self.filter(access.visible(user))

    def opened_by(self, user: access.User, key: str = "", session: Any = None) -> "TrackQuerySet":
        """Return the tracks this person may open by right, or by holding `key`."""
        return self.filter(access.visible(user) | access.by_key(key, user, session))

    def opened_by_token(
        self, token: str, user: AbstractBaseUser | AnonymousUser
    ) -> "TrackQuerySet":
        """Return the unlisted track this key opens, unless it is closed to this person."""
        return self.filter(access.by_token(user), token=token)

    def locked(self, pk: UUID) -> "Track":
        """Lock one track for a deed; return it as it is now. Needs a transaction.

        Raises Problem `not-found` where it has been deleted since.
        """
        found = self.select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Problem("not-found", "This piece has been deleted.", status=404)
        return found

    def published(self) -> "TrackQuerySet":
        """Return what everybody may find, newest first."""
        return self.filter(visibility="public", published_at__isnull=False).order_by(
            "-published_at", "-id"
        )

    def for_card(self) -> "TrackQuerySet":
        """Carry every join that one card in a list needs, and only its columns: no query per card.

        Reading whole rows of six tables costs a list as much as drawing it.
        """
        asset = "primary_version__media__asset"
        rows = self.select_related("owner", "cover", f"{asset}__facts", f"{asset}__artwork")
        return rows.annotate(**{"release_cover": release_cover(asset=asset)}).only(
            *("slug", "token", "title", "visibility", "published_at", "artist_credit"),
            *("cover__epoch", "cover_accent"),
            *("owner__handle", "owner__display_name"),
            *("primary_version__media__epoch", f"{asset}__playable_at"),
            f"{asset}__facts__duration_ms",
            *(f"{asset}__artwork__{name}" for name in columns.PICTURED),
        )

    def for_entry(self) -> "TrackQuerySet":
        """Carry what a list tells of the primary version (`tracks.collections.entries.entry`)."""
        return self.for_card().only(
            *("slug", "token", "title", "visibility", "artist_credit"),
            *("cover__epoch", "cover_accent"),
            *("owner__handle", "owner__display_name"),
            *(f"primary_version__{column}" for column in columns.FOR_ENTRY),
        )

    def matching(self, text: str) -> "TrackQuerySet":
        """Return the tracks in which every word of `text` begins a word; none for no words."""
        return self.filter(search.matching(text))

    def for_page(self) -> "TrackQuerySet":
        """Carry every join that the track's own page needs, and only its columns.

        `has_more` tells whether there is any version beside the primary one; `concerned` is filled,
        and so are `credits_data`, `tags_data`, and `release_downloads`: to whom the releases that
        are out open it as a whole.
        """
        versions: Any = apps.get_model("tracks.TrackVersion").objects.all()
        more = versions.filter(track=OuterRef("pk")).exclude(pk=OuterRef("primary_version"))
        asset = "primary_version__media__asset"
        beside: dict[str, Any] = {
            "credits_data": credits_beside(track=OuterRef("pk")),
            "tags_data": tags_beside(OuterRef("pk")),
            "release_cover": release_cover(asset=asset),
            "release_downloads": release_downloads(OuterRef("pk")),
            **hidden_words.told() | mining.told(),
        }
        people = access.whom_it_concerns(OuterRef("pk"))
        concerned = {name: ArraySubquery(query) for name, query in people.items()}
        return (
            self.select_related("owner", "cover", f"{asset}__facts", f"{asset}__waveform", "lyrics")
            .select_related(f"{asset}__artwork", "primary_version__created_by")
            .only(
                *("slug", "token", "title", "description_md", "visibility"),
                *("created_at", "published_at"),
                *("opens_lossless", "artist_credit", "lyrics__text", *columns.SAID),
                *("cover__epoch", "cover_accent", *columns.GIVES),
                *("owner__handle", "owner__display_name", "owner__is_payable"),
                *(f"primary_version__{name}" for name in columns.VERSION_SHOWN),
                *(f"{asset}__{name}" for name in columns.ORIGINAL),
                *(f"{asset}__facts__{name}" for name in columns.FIGURES),
                *(f"{asset}__artwork__{name}" for name in columns.PICTURED),
                f"{asset}__waveform__overview",
            )
            .prefetch_related(f"{asset}__renditions")
            .annotate(has_more=Exists(more), **concerned)
            .annotate(**beside)
        )


_Manager = models.Manager.from_queryset(TrackQuerySet)


class TrackManager(_Manager["Track"]):
    """Tracks that are not deleted: what is, comes back or goes within 30 days."""

    def get_queryset(self) -> TrackQuerySet:
        """Return what is not deleted."""
        return cast(TrackQuerySet, super().get_queryset().filter(deleted_at=None))


class Track(Described):
    """A piece, in one or more versions. Found only through `visible_to(user)`."""

    card: Any  # a tracks.cards.Card; only where tracks.cards has set it
    release_cover: str | None  # only from a selector that carries it (`tracks.models.pictures`)
    credits_data: list[dict[str, Any]]  # these two only from `for_page()`
    tags_data: list[dict[str, Any]]

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
    title_guessed = models.BooleanField(
        default=False,
        help_text="From the name of its file: what the file says of itself is better.",
    )
    description_md = models.TextField(max_length=20_000, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    release_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)  # in which that moment was said
    artist_credit = models.CharField(
        max_length=400,
        blank=True,
        help_text="The names of its artists as one text; empty means its owner's.",
    )
    cover = models.OneToOneField(
        "media_pipeline.Media",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="track_cover",
        help_text="Its own cover; without one, that of its file is shown.",
    )
    cover_accent = models.CharField(max_length=6, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    primary_version = models.ForeignKey(
        "tracks.TrackVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opens_lossless = models.BooleanField(
        "lossless for listeners",
        default=False,
        help_text="Whoever may listen may listen in lossless quality.",
    )
    opens_lossless_listed = models.BooleanField(
        "lossless for people on the list",
        default=False,
        help_text="People on the owner's list of listeners may listen in lossless quality.",
    )
    gives_original = models.CharField(max_length=9, choices=Audience, default=Audience.NOBODY)
    gives_flac = models.CharField(max_length=9, choices=Audience, default=Audience.NOBODY)
    gives_mp3 = models.CharField(max_length=9, choices=Audience, default=Audience.NOBODY)
    gives_stems = models.CharField(max_length=9, choices=Audience, default=Audience.NOBODY)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TrackManager()
    everything = TrackQuerySet.as_manager()  # the deleted ones too

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-id"], name="track_owner_newest"),
            models.Index(
                fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="track_deleted"
            ),
            models.Index(fields=NEWEST, condition=PUBLISHED, name="track_public_newest"),
            GinIndex(search.OF_TRACK, name="track_words"),
            # What rules of a smart playlist ask for, of those that have it.
            models.Index(fields=["bpm"], condition=Q(bpm__isnull=False), name="track_tempo"),
            models.Index(fields=["music_key"], condition=~Q(music_key=""), name="track_music_key"),
            models.Index(fields=["isrc"], condition=~Q(isrc=""), name="track_known_isrc"),
            models.Index(
                fields=["licence", *NEWEST], condition=LICENSED, name="track_public_licence"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the one address to pass on: the key for unlisted tracks, else the slug."""
        if self.visibility == self.Visibility.UNLISTED:
            return address_of("track-unlisted", self.token)
        return address_of("track-detail", self.slug)

    @property
    def artist(self) -> str:
        """Return the names of its artists as one text: its credit, else its owner's name."""
        return self.artist_credit or self.owner.name

    @property
    def concerned(self) -> set[UUID]:
        """Return whom its page shows more than everybody; the track must come from `for_page()`."""
        known = (word for name, word in vars(self).items() if name.startswith("concerned_"))
        return {self.owner_id}.union(*known)
