"""Playlists as programs read and write them."""

from typing import Any

from rest_framework import serializers

from config.lib.api.fields import LineField
from tracks.collections.services import LONGEST
from tracks.criteria.language import Unclear, read
from tracks.models import Playlist

KEYS_MOST = 20


class ItemState(serializers.Serializer[Any]):
    """A place in a playlist, as far as the asker may open what stands there."""

    id = serializers.UUIDField(help_text="Of the place: a track may stand in a list twice.")
    track_id = serializers.UUIDField()
    title = serializers.CharField()
    artist = serializers.CharField()
    url = serializers.CharField()
    duration_ms = serializers.IntegerField(allow_null=True)
    added_by = serializers.CharField(help_text="Of those who work on it together; else empty.")


class PlaylistBrief(serializers.Serializer[Any]):
    """A playlist, without what stands in it."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    description_md = serializers.CharField()
    owner = serializers.CharField(help_text="A handle.")
    url = serializers.CharField()
    visibility = serializers.ChoiceField(Playlist.Visibility.choices)
    is_smart = serializers.BooleanField()
    revision = serializers.IntegerField()
    updated_at = serializers.DateTimeField()


class PlaylistPage(serializers.Serializer[Any]):
    """One's own playlists and those one works on, newest first."""

    results = PlaylistBrief(many=True)
    next = serializers.CharField(help_text="`before` of the next page; empty on the last.")


class PlaylistState(PlaylistBrief):
    """A playlist with what the asker may open of it, in order."""

    count = serializers.IntegerField()
    length_ms = serializers.IntegerField()
    items = ItemState(many=True)
    rules = serializers.JSONField(allow_null=True, help_text="Told to its owner alone.")
    working = serializers.ListField(child=serializers.CharField(), help_text="Handles.")


class RulesField(serializers.JSONField):
    """The rules of a smart playlist: `match`, `rules`, `sort`, `limit`."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the rules as they are kept."""
        try:
            return read(data)
        except Unclear as unclear:
            raise serializers.ValidationError(
                [f"{place}: {sentence}" for place, sentence in unclear.errors.items()]
            ) from None


class TracksWords(serializers.Serializer[Any]):
    """Tracks (ids) in order, and the keys of those that are opened by one."""

    tracks = serializers.ListField(child=serializers.UUIDField(), max_length=LONGEST)
    keys = serializers.ListField(
        child=serializers.CharField(max_length=64), max_length=KEYS_MOST, default=list
    )


class PlaylistWords(serializers.Serializer[Any]):
    """What is said of a playlist; only what is sent is changed."""

    title = LineField(max_length=200)
    description_md = serializers.CharField(max_length=20_000, allow_blank=True, required=False)
    visibility = serializers.ChoiceField(Playlist.Visibility.choices, required=False)
    rules = RulesField(required=False)


class NewPlaylist(PlaylistWords, TracksWords):
    """A new playlist: its words, and its tracks or its rules."""

    tracks = serializers.ListField(child=serializers.UUIDField(), max_length=LONGEST, default=list)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse tracks beside rules."""
        if attrs.get("rules") and attrs["tracks"]:
            raise serializers.ValidationError("Rules say what stands in it, or tracks do.")
        return attrs


class OneTrack(serializers.Serializer[Any]):
    """A track to be put at the end, and the key where it is opened by one."""

    track = serializers.UUIDField()
    key = serializers.CharField(max_length=64, required=False, default="", allow_blank=True)


class Move(serializers.Serializer[Any]):
    """Beside which places one is to stand; "" is the front (`behind`) or the end (`before`)."""

    behind = serializers.CharField(max_length=40, allow_blank=True, required=False)
    before = serializers.CharField(max_length=40, allow_blank=True, required=False)


class Moved(serializers.Serializer[Any]):
    """The revision since, and the place it stands behind now; "" at the front."""

    revision = serializers.IntegerField()
    behind = serializers.CharField()


class Added(serializers.Serializer[Any]):
    """The key of the new place."""

    id = serializers.UUIDField()


class PlaylistFile(serializers.Serializer[Any]):
    """A file, M3U8 or XSPF, as one part of a form."""

    file = serializers.FileField()


class MissingLine(serializers.Serializer[Any]):
    """What a file named and is not here, or not open to you."""

    title = serializers.CharField()
    artist = serializers.CharField()
    location = serializers.CharField()


class Imported(serializers.Serializer[Any]):
    """How many pieces of a file were put at the end, and those that were not found."""

    count = serializers.IntegerField()
    missing = MissingLine(many=True)
