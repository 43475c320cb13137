"""What the API tells of a track, and takes."""

from typing import Any

from django.core.validators import ProhibitNullCharactersValidator
from rest_framework import serializers

from tracks.catalogue import rules
from tracks.catalogue.rules import DESCRIPTION_MOST
from tracks.credits.rules import ARTISTS_MOST, CREDITS_MOST
from tracks.credits.serializers import ArtistWords, CreditWords, artists_in, credits_in
from tracks.downloads.serializers import audience
from tracks.lyrics.formats import CHARACTERS_MOST
from tracks.models import Track
from tracks.models.described import AiMade, Form, Licence
from tracks.models.tag import TAG_MAX
from tracks.music_facts.serializers import SAID, MusicWords
from tracks.tags.rules import MOST
from tracks.tags.serializers import TagTold
from tracks.visibility.serializers import confirmation

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
    form = serializers.ChoiceField(
        Form.choices, required=False, allow_blank=True, help_text="Empty: as guessed."
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
    attested = confirmation()
    release_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="From when on everybody may hear a public one."
    )

    artists = serializers.ListField(
        child=ArtistWords(), required=False, max_length=ARTISTS_MOST, help_text="In order."
    )
    credits = serializers.ListField(
        child=CreditWords(), required=False, max_length=CREDITS_MOST, help_text="In order."
    )
    tags = serializers.ListField(
        child=serializers.CharField(max_length=4 * TAG_MAX), required=False, max_length=2 * MOST
    )
    bpm = MusicWords().fields["bpm"]
    music_key = MusicWords().fields["music_key"]
    gives_original = audience()
    gives_flac = audience()
    gives_mp3 = audience()
    gives_stems = audience()

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
        """Return what is said, as `services.describing` takes it."""
        said: dict[str, Any] = dict(self.validated_data)
        said.pop("attested", None)
        music = {name: said.pop(name) for name in ("bpm", "music_key") if name in said}
        given = {name: said.pop(name) for name in list(said) if name.startswith("gives_")}
        artists, credits = said.pop("artists", None), said.pop("credits", None)
        return {
            "artists": None if artists is None else artists_in(artists),
            "credits": None if credits is None else credits_in(credits),
            "tags": said.pop("tags", None),
            "music": music,
            "audiences": given,
            "words": {COLUMNS.get(name, name): word for name, word in said.items()},
        }


class TrackState(serializers.Serializer[Any]):
    """A track as it is now; topics may add members. The schema of what `describe` returns."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    slug = serializers.CharField()
    title = serializers.CharField()
    owner = serializers.CharField(help_text="The name of its owner.")
    artist = serializers.CharField(help_text="The names of its artists, else its owner's.")
    artists = ArtistWords(many=True)
    credits = CreditWords(many=True)
    tags = TagTold(many=True)
    description = serializers.CharField(help_text="In Markdown.")
    language = serializers.CharField()
    form = serializers.ChoiceField(Form.choices, allow_blank=True, help_text="As its owner says.")
    speech = serializers.BooleanField(help_text="People speak in it, as said or else as guessed.")
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
    bpm_confidence = serializers.FloatField(allow_null=True, help_text=f"0 to 5.32. {SAID}")
    music_key = serializers.CharField(help_text="C, F#m, Bb; empty where nothing is known.")
    music_key_confidence = serializers.FloatField(allow_null=True, help_text=f"0 to 1. {SAID}")
    camelot = serializers.CharField(help_text="1A to 12B.")
    gives_original = audience()
    gives_flac = audience()
    gives_mp3 = audience()
    gives_stems = audience()
    visibility = serializers.ChoiceField(Track.Visibility.choices)
    release_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    primary_version = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
