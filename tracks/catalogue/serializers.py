"""What the API tells of a track, and takes."""

from typing import Any

from django.core.validators import ProhibitNullCharactersValidator
from rest_framework import serializers

from tracks.catalogue import rules
from tracks.catalogue.rules import DESCRIPTION_MOST
from tracks.lyrics.formats import CHARACTERS_MOST
from tracks.models import Track
from tracks.models.described import AiMade, Licence

# Members of the API that the model calls otherwise.
COLUMNS = {
    "description": "description_md",
    "explicit": "is_explicit",
    "sponsored": "is_sponsored",
}


class CheckedField(serializers.CharField):
    """A text that `rules` looks at; its sentence is what a program is told."""

    def __init__(self, name: str, **words: Any) -> None:
        super().__init__(required=False, **words)
        self.checks = name

    def to_internal_value(self, data: Any) -> str:
        """Return what is kept of it. Raises ValidationError."""
        text: str = super().to_internal_value(data)
        ProhibitNullCharactersValidator()(text)
        try:
            return str(rules.checked(self.checks, text))
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error


class TrackWords(serializers.Serializer[Any]):
    """What an owner says of a track; what is not sent stays as it is."""

    title = CheckedField("title", max_length=200)
    slug = CheckedField("slug", max_length=90, help_text="The former one leads to the new one.")
    description = serializers.CharField(
        max_length=DESCRIPTION_MOST, required=False, allow_blank=True, help_text="In Markdown."
    )
    language = CheckedField(  # a tag, such as pt-BR
        "language", max_length=60, allow_blank=True, help_text="A language tag (BCP 47)."
    )
    explicit = serializers.BooleanField(required=False)
    content_warning = CheckedField("content_warning", max_length=200, allow_blank=True)
    ai_made = serializers.ChoiceField(AiMade.choices, required=False)
    sponsored = serializers.BooleanField(required=False)
    licence = serializers.ChoiceField(Licence.choices, required=False)
    isrc = CheckedField("isrc", max_length=60, allow_blank=True, help_text="ISO 3901.")
    iswc = CheckedField("iswc", max_length=60, allow_blank=True, help_text="ISO 15707.")
    lyrics = CheckedField(
        "lyrics",
        max_length=CHARACTERS_MOST,
        allow_blank=True,
        trim_whitespace=False,
        help_text="Text, or LRC with times.",
    )
    visibility = serializers.ChoiceField(Track.Visibility.choices, required=False)
    release_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="From when on everybody may hear a public one."
    )

    def validate(self, attrs: Any) -> Any:
        """Refuse what is no field of a track. Raises ValidationError."""
        unknown = set(self.initial_data) - set(self.fields)
        if unknown:
            raise serializers.ValidationError(
                {name: ["A track has no such field."] for name in sorted(unknown)}
            )
        return attrs

    @property
    def words(self) -> dict[str, Any]:
        """Return what is said, as `services.editing` takes it."""
        return {COLUMNS.get(name, name): word for name, word in self.validated_data.items()}


class TrackState(serializers.Serializer[Any]):
    """A track as it is now; topics may add members. The schema of what `describe` returns."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    slug = serializers.CharField()
    title = serializers.CharField()
    artist = serializers.CharField(help_text="The name of its owner.")
    artist_credit = serializers.CharField(help_text="The names of its artists; may be empty.")
    description = serializers.CharField(help_text="In Markdown.")
    language = serializers.CharField()
    explicit = serializers.BooleanField()
    content_warning = serializers.CharField()
    ai_made = serializers.ChoiceField(AiMade.choices)
    sponsored = serializers.BooleanField()
    licence = serializers.ChoiceField(Licence.choices)
    licence_url = serializers.CharField(help_text="Of its deed; empty where nothing is allowed.")
    isrc = serializers.CharField()
    iswc = serializers.CharField()
    lyrics = serializers.CharField()
    bpm = serializers.FloatField(allow_null=True)
    music_key = serializers.CharField()
    visibility = serializers.ChoiceField(Track.Visibility.choices)
    release_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    primary_version = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
