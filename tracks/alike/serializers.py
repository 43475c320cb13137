"""What programs ask of sounds, and what they are told."""

from typing import Any

from rest_framework import serializers

from tracks.alike.selectors import MOST, STEPS, STEPS_MOST
from tracks.collections.api import ListEntry

BUT_MOST = 100


class _Without(serializers.ListField):
    """Ids in one text, with commas between them."""

    child = serializers.UUIDField()

    def to_internal_value(self, data: Any) -> list[Any]:
        """Read them."""
        text = data if isinstance(data, str) else ",".join(map(str, data))
        return list(super().to_internal_value([part for part in text.split(",") if part]))

    def get_value(self, dictionary: Any) -> Any:
        """Take the text itself: of a query a list would take the word several times."""
        return dictionary.get(self.field_name, serializers.empty)


class SimilarAsked(serializers.Serializer[Any]):
    """How many, and by what."""

    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=12)
    by = serializers.ChoiceField(
        [("sound", "How it sounds"), ("harmony", "Key and tempo, then sound")], default="sound"
    )
    without = _Without(
        max_length=BUT_MOST,
        default=list,
        help_text=f"Ids of tracks that are not wanted, with commas between; at most {BUT_MOST}.",
    )


class PathAsked(serializers.Serializer[Any]):
    """Where to, and in how many steps."""

    to = serializers.UUIDField(help_text="The id of the track at the end.")
    steps = serializers.IntegerField(min_value=1, max_value=STEPS_MOST, default=STEPS)


class Alike(ListEntry):
    """A track that was found, as a player needs it, and why."""

    reason = serializers.CharField(
        help_text="In words: “Very much alike, A minor goes with it, 2 % faster”."
    )
    distance = serializers.FloatField(
        allow_null=True, help_text="1 − cosine: 0, the same, to 2. Null: one is not described."
    )
    bpm = serializers.FloatField(allow_null=True)
    music_key = serializers.CharField()
    camelot = serializers.CharField()


class AllAlike(serializers.Serializer[Any]):
    """What was found, in its order."""

    is_described = serializers.BooleanField(
        help_text="False until a worker has described how the track (or the end) sounds."
    )
    results = Alike(many=True)
