"""Where a piece may be read, as programs read and write it."""

from typing import Any

from rest_framework import serializers

from assistant.consent.registry import providers
from assistant.consent.selectors import Choice
from assistant.models.consent import PROVIDER_CHARS, Mining, Where

AS_THE_SITE = "Empty: as this site does."


class ConsentWords(serializers.Serializer[Any]):
    """What an owner says; what is not sent stays as it is."""

    where = serializers.ChoiceField(
        Where.choices, required=False, allow_blank=True, help_text=AS_THE_SITE
    )
    providers = serializers.ListField(
        child=serializers.CharField(max_length=PROVIDER_CHARS),
        required=False,
        max_length=50,
        help_text="Names of `offered` that may read it: with `where` “providers” alone.",
    )
    mining = serializers.ChoiceField(
        Mining.choices, required=False, allow_blank=True, help_text=AS_THE_SITE
    )


class ProviderTold(serializers.Serializer[Any]):
    """A provider elsewhere that this site can ask."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class LogLine(serializers.Serializer[Any]):
    """A provider that was let to read the piece, and until when."""

    provider = serializers.CharField()
    given_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class ConsentTold(serializers.Serializer[Any]):
    """What counts for a piece."""

    said = serializers.ChoiceField(Where.choices, allow_blank=True, help_text=AS_THE_SITE)
    where = serializers.ChoiceField(Where.choices, help_text="What follows from it.")
    providers = serializers.ListField(child=serializers.CharField())
    mining = serializers.ChoiceField(Mining.choices, allow_blank=True, help_text=AS_THE_SITE)
    reserved = serializers.BooleanField(help_text="Text and data mining is reserved.")
    offered = ProviderTold(many=True)
    log = LogLine(many=True)


def told(choice: Choice) -> dict[str, Any]:
    """Return what counts, as `ConsentTold` has it."""
    names = ("provider", "given_at", "withdrawn_at")
    return {
        "said": choice.said,
        "where": choice.where,
        "providers": choice.providers,
        "mining": choice.mining_said,
        "reserved": choice.is_reserved,
        "offered": [{"name": name, "label": label} for name, label in providers().items()],
        "log": [{name: getattr(row, name) for name in names} for row in choice.log],
    }
