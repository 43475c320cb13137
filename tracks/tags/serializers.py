"""Tags, as programs read and write them; parts for the API of tracks."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from tracks.models import Tag, Track, TrackTag
from tracks.models.tag import TAG_MAX
from tracks.tags.rules import MOST
from tracks.tags.selectors import rows_of

CONFIDENCE = "Of the machine that suggests it, 0 to 1; null where nobody measured it."


class TagTold(serializers.Serializer[Any]):
    """A tag on a track."""

    name = serializers.CharField()
    slug = serializers.CharField()
    kind = serializers.ChoiceField(Tag.Kind.choices)
    state = serializers.ChoiceField(["accepted", "suggested"], help_text="Suggested: to its owner.")
    confidence = serializers.FloatField(allow_null=True, help_text=CONFIDENCE)


class TagsTold(serializers.Serializer[Any]):
    """The tags of a track."""

    results = TagTold(many=True)


class TagsWords(serializers.Serializer[Any]):
    """All tags that a track is to have; what is suggested goes on waiting unless it is named."""

    tags = serializers.ListField(
        child=serializers.CharField(max_length=4 * TAG_MAX), max_length=2 * MOST
    )


class TagOffered(serializers.Serializer[Any]):
    """A tag in use, and on how many tracks that everybody may find."""

    name = serializers.CharField()
    slug = serializers.CharField()
    kind = serializers.ChoiceField(Tag.Kind.choices)
    uses = serializers.IntegerField()


class TagsOffered(serializers.Serializer[Any]):
    """Up to ten tags, the most used first."""

    results = TagOffered(many=True)


def told(track: Track, *, is_owner: bool) -> list[dict[str, Any]]:
    """Return the tags of a track as `TagTold` has them; what is suggested is told its owner."""
    rows = rows_of(track)
    if not is_owner:
        rows = rows.filter(state=TrackTag.State.ACCEPTED)
    return [
        {
            "name": row.tag.name,
            "slug": row.tag.slug,
            "kind": row.tag.kind,
            "state": row.state,
            "confidence": row.confidence if row.source == TrackTag.Source.MACHINE else None,
        }
        for row in rows
    ]


def offered(tags: Iterable[Tag]) -> dict[str, Any]:
    """Return tags as they are offered."""
    rows = [{"name": t.name, "slug": t.slug, "kind": t.kind, "uses": t.uses} for t in tags]
    return {"results": rows}
