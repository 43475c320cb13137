"""What programs send and are told of reports."""

from typing import Any

from rest_framework import serializers

from moderation.models import Reason
from moderation.models.report import WORDS_CHARS
from moderation.things import ALIASES, KINDS

LONGEST_MS = 2**31 - 1


class NewReport(serializers.Serializer[Any]):
    """What is reported and why. `moment` is a track at `at_ms`."""

    target_type = serializers.ChoiceField(choices=[])
    target_id = serializers.UUIDField()
    kind = serializers.ChoiceField(Reason.choices)
    description = serializers.CharField(
        max_length=WORDS_CHARS, required=False, allow_blank=True, default=""
    )
    at_ms = serializers.IntegerField(
        min_value=0, max_value=LONGEST_MS, required=False, allow_null=True, default=None
    )
    token = serializers.CharField(
        max_length=22,
        required=False,
        allow_blank=True,
        default="",
        help_text="The key of an unlisted thing or of a review link.",
    )

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["target_type"].choices = self._names()  # type: ignore[attr-defined]

    @staticmethod
    def _names() -> list[str]:
        return [*(name for name, kind in KINDS.items() if not kind.is_part), *ALIASES]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a moment without one."""
        if attrs["target_type"] == "moment" and attrs["at_ms"] is None:
            raise serializers.ValidationError({"at_ms": "Say when: at_ms, in milliseconds."})
        return attrs


class ReportTold(serializers.Serializer[Any]):
    """That a report was taken, and the page that tells how it stands."""

    id = serializers.UUIDField()
    tracking_url = serializers.URLField()
