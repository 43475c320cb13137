"""Words by which music is found together."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import JSONObject

from config.lib.ids import uuid7
from config.lib.urls import address_of
from tracks.models import search

TAG_MAX = 40


class Tag(models.Model):
    """A word for music; what has one key is one tag."""

    class Kind(models.TextChoices):
        GENRE = "genre", "Genre"
        MOOD = "mood", "Mood"
        INSTRUMENT = "instrument", "Instrument"
        FREE = "free", "Free"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=90, unique=True)
    key = models.CharField(
        max_length=TAG_MAX * 2,
        unique=True,
        help_text="The word without case, accents and hyphens.",
    )
    name = models.CharField(max_length=TAG_MAX)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FREE)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="merged",
        help_text="The tag that stands for this one now.",
    )
    uses = models.PositiveIntegerField(default=0, help_text="Tracks that everybody may find.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")), name="tag_not_into_itself"
            ),
        ]
        indexes = [
            models.Index(OpClass("key", name="text_pattern_ops"), name="tag_beginnings"),
            models.Index(fields=["kind", "-uses"], name="tag_most_used"),
            GinIndex(search.OF_TAG, name="tag_words"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return its page."""
        return address_of("tag", self.slug)


class TrackTag(models.Model):
    """A tag on a track: said by its owner, or thought of by a machine until the owner decides."""

    class Source(models.TextChoices):
        OWNER = "owner", "The owner"
        MACHINE = "machine", "A machine"

    class State(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        SUGGESTED = "suggested", "Suggested"
        REFUSED = "refused", "Refused"

    track = models.ForeignKey("tracks.Track", on_delete=models.CASCADE, related_name="track_tags")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="track_tags")
    source = models.CharField(max_length=7, choices=Source, default=Source.OWNER)
    state = models.CharField(max_length=9, choices=State, default=State.ACCEPTED)
    confidence = models.FloatField(
        null=True, blank=True, help_text="Of a machine, 0 to 1; empty where the owner said it."
    )
    by_machine = models.CharField(max_length=60, blank=True, help_text="Which machine.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["track", "tag"], name="tag_once_on_a_track"),
        ]
        indexes = [
            models.Index(
                fields=["tag", "track"], condition=Q(state="accepted"), name="tag_tracks_accepted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.track_id}"


def tags_beside(track: Any) -> Any:
    """Return the tags of a track as a column of JSON, those that wait for its owner too."""
    row = JSONObject(
        id="pk",
        slug="tag__slug",
        name="tag__name",
        kind="tag__kind",
        source="source",
        state="state",
        confidence="confidence",
    )
    rows = TrackTag.objects.filter(track=track).exclude(state=TrackTag.State.REFUSED)
    return ArraySubquery(rows.order_by("pk").values(row=row)[:60])
