"""What programs say of a release, and what they are told."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from config.lib.api.fields import LineField
from tracks import codes, dates
from tracks.collections.services import LONGEST
from tracks.covers.serializers import CoverState
from tracks.downloads.serializers import audience
from tracks.models import Release
from tracks.models.described import Licence
from tracks.visibility.serializers import confirmation


@extend_schema_field({"type": "string", "pattern": dates.PATTERN, "example": "1977-03"})
class PartOfDateField(serializers.CharField):
    """A date of which a year, or year and month, may be all that is known; null for none."""

    def __init__(self, **words: Any) -> None:
        super().__init__(max_length=dates.LONGEST, allow_blank=True, **words)

    def run_validation(self, data: Any = empty) -> Any:
        """Return the date as it is kept. Raises ValidationError."""
        return super().run_validation(data) or ""

    def to_internal_value(self, data: Any) -> str:
        """Return the date as it is kept. Raises ValidationError."""
        try:
            return dates.read(super().to_internal_value(data))
        except ValueError as wrong:
            raise serializers.ValidationError(str(wrong)) from None

    def to_representation(self, value: Any) -> Any:
        """Return it; null where nothing is known."""
        return value or None


class ReleaseWords(serializers.Serializer[Any]):
    """What is said of a release; what is left out stays as it is."""

    title = LineField(max_length=200, required=False)
    artist_credit = LineField(max_length=400, required=False, allow_blank=True)
    kind = serializers.ChoiceField(Release.Kind.choices, required=False)
    released_on = PartOfDateField(required=False, allow_null=True)
    label = LineField(  # type: ignore[assignment] # a field may be named like that
        max_length=120, required=False, allow_blank=True, help_text="A name."
    )
    catalogue_number = LineField(max_length=60, required=False, allow_blank=True)
    upc = serializers.CharField(max_length=40, required=False, allow_blank=True)
    licence = serializers.ChoiceField(Licence.choices, required=False)
    description_md = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    notes_md = serializers.CharField(max_length=50_000, required=False, allow_blank=True)
    download = audience()
    visibility = serializers.ChoiceField(Release.Visibility.choices, required=False)
    attested = confirmation()
    release_at = serializers.DateTimeField(
        required=False,
        allow_null=True,
        help_text="With a time zone. Public from then on; null, while one is to come, at once.",
    )
    time_zone = serializers.CharField(max_length=60, required=False, help_text="Europe/Berlin")

    def validate_upc(self, text: str) -> str:
        """Return the digits. Raises ValidationError where the check digit is wrong."""
        try:
            return codes.upc(text)
        except ValueError as wrong:
            raise serializers.ValidationError(str(wrong)) from None


class NewRelease(ReleaseWords):
    """A release to be made of one's own tracks, in their order.

    A `draft` takes its words from the tags of the files that are uploaded for it.
    """

    title = LineField(max_length=200)
    tracks = serializers.ListField(
        child=serializers.UUIDField(), max_length=LONGEST, required=False, default=list
    )
    draft = serializers.BooleanField(default=False)


class Place(serializers.Serializer[Any]):
    """A track and the disc it stands on."""

    track = serializers.UUIDField()
    disc = serializers.IntegerField(min_value=1, max_value=99, default=1)


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string", "format": "uuid"},
            {
                "type": "object",
                "properties": {
                    "track": {"type": "string", "format": "uuid"},
                    "disc": {"type": "integer", "minimum": 1, "maximum": 99},
                },
                "required": ["track"],
            },
        ]
    }
)
class PlaceField(serializers.Field[Any, Any, Any, Any]):
    """An id, which stands on the first disc, or `{track, disc}`."""

    def to_internal_value(self, data: Any) -> tuple[Any, int]:
        """Return id and disc. Raises ValidationError."""
        place = Place(data=data if isinstance(data, dict) else {"track": data})
        place.is_valid(raise_exception=True)
        return place.validated_data["track"], place.validated_data["disc"]

    def to_representation(self, value: Any) -> Any:
        """Return it as it is told."""
        return {"track": str(value[0]), "disc": value[1]}


class Order(serializers.Serializer[Any]):
    """The whole order: what is not named leaves the release."""

    tracks = serializers.ListField(child=PlaceField(), max_length=LONGEST)
    attested = confirmation()


class NewPlace(serializers.Serializer[Any]):
    """One track for the end of a release; `path` is where its file lay in a folder."""

    track = serializers.UUIDField()
    path = LineField(max_length=400, required=False, allow_blank=True, default="")
    attested = confirmation()


class PlaceTold(serializers.Serializer[Any]):
    """One track of a release, as far as the asker may open it."""

    track = serializers.UUIDField(source="track_id")
    title = serializers.CharField(source="track.title")
    url = serializers.CharField(source="track.get_absolute_url")
    disc = serializers.IntegerField()
    position = serializers.IntegerField()


class ListedRelease(serializers.Serializer[Any]):
    """A release, as a list tells of it."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    url = serializers.CharField(source="get_absolute_url")
    title = serializers.CharField()
    artist = serializers.SerializerMethodField()
    kind = serializers.ChoiceField(Release.Kind.choices)
    released_on = PartOfDateField(allow_null=True)
    label = serializers.CharField(  # type: ignore[assignment]
        source="label.name", default="", allow_blank=True
    )
    visibility = serializers.ChoiceField(Release.Visibility.choices)
    release_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)

    def get_artist(self, release: Release) -> str:
        """Return the names it comes out under."""
        return release.artist_credit or release.owner.name


class WholeRelease(ListedRelease):
    """A release with everything that is said of it and its tracks."""

    artist_credit = serializers.CharField()
    time_zone = serializers.CharField()
    catalogue_number = serializers.CharField()
    upc = serializers.CharField()
    licence = serializers.ChoiceField(Licence.choices)
    description_md = serializers.CharField()
    notes_md = serializers.CharField()
    download = audience()
    cover = CoverState(source="cover_told")
    tracks = PlaceTold(many=True)


class ReleasePage(serializers.Serializer[Any]):
    """Some releases, newest first, and the address of those behind them."""

    releases = ListedRelease(many=True)
    next = serializers.CharField(allow_blank=True)
