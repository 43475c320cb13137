"""What programs are told of suggestions, and send about them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assistant.models import Suggestion
from assistant.suggestions.checking import FROM

VALUE = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


@extend_schema_field(VALUE)
class ValueField(serializers.JSONField):
    """A text; of tags and moods a list of texts."""


class SuggestionTold(serializers.Serializer[Any]):
    """Something that a machine proposes to say of a piece."""

    id = serializers.UUIDField()
    track = serializers.UUIDField()
    kind = serializers.ChoiceField(Suggestion.Kind.choices)
    value = ValueField(help_text="A text; of tags and moods a list of texts.")
    taken = ValueField(allow_null=True, help_text="As it was taken, where that differs.")
    state = serializers.ChoiceField(Suggestion.State.choices)
    came_from = serializers.ListField(
        child=serializers.ChoiceField([*FROM]), help_text="Of what it was made."
    )
    provider = serializers.CharField()
    model = serializers.CharField()
    version = serializers.CharField()
    made_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)


class ProposedTold(serializers.Serializer[Any]):
    """What waits for its owner’s answer."""

    results = SuggestionTold(many=True)


class Changed(serializers.Serializer[Any]):
    """Another value than was suggested, where one is sent."""

    value = ValueField(required=False, allow_null=True)


SAME = ("id", "kind", "value", "taken", "state", "came_from", "made_at", "decided_at")


def told(row: Suggestion) -> dict[str, Any]:
    """Return the members of SuggestionTold; its run is there already."""
    of_run = {name: getattr(row.run, name) for name in ("provider", "model", "version")}
    return {name: getattr(row, name) for name in SAME} | of_run | {"track": row.track_id}
