"""What programs and forms say of a cover."""

from typing import Any

from rest_framework import serializers

from tracks.covers.services import Square

SIDE_MOST = 100_000


class Cut(serializers.Serializer[Any]):
    """The square that is shown, in pixels of the upright picture; all three or none."""

    x = serializers.IntegerField(min_value=0, max_value=SIDE_MOST, required=False)
    y = serializers.IntegerField(min_value=0, max_value=SIDE_MOST, required=False)
    side = serializers.IntegerField(min_value=1, max_value=SIDE_MOST, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse half a square."""
        if attrs and len(attrs) != 3:
            raise serializers.ValidationError("Say x, y and side, or none of them.")
        return attrs


class CoverState(serializers.Serializer[Any]):
    """The own cover of a thing: signed addresses and the accent; empty where it has none."""

    cover_url = serializers.CharField(allow_blank=True)
    cover_thumb_url = serializers.CharField(allow_blank=True)
    accent = serializers.CharField(allow_blank=True)


def square_of(said: dict[str, Any]) -> Square | None:
    """Read a square; None where nothing is said. Raises ValidationError."""
    words = {name: said[name] for name in ("x", "y", "side") if said.get(name) not in (None, "")}
    cut = Cut(data=words)
    cut.is_valid(raise_exception=True)
    return Square(**cut.validated_data) if cut.validated_data else None
