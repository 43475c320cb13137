"""Who made a thing, as programs read and write it; parts for the API of tracks and releases."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from config.lib.api.fields import LineField
from tracks.credited import credits_of
from tracks.credits.rules import (
    ARTISTS_MOST,
    CREDITS_MOST,
    DETAIL_MAX,
    JOIN_MAX,
    URL_MAX,
    Artist,
    Said,
)
from tracks.models import Credit, Name, Release, Track
from tracks.models.credit import NAME_MAX

ROLES = [choice for choice in Credit.Role.choices if choice[0] != Credit.Role.ARTIST]
HANDLE = "Of the account that the name leads to; null where it leads to none."


class ArtistWords(serializers.Serializer[Any]):
    """One of the artists, and what stands before the next."""

    name = LineField(max_length=NAME_MAX)
    credited_as = LineField(max_length=NAME_MAX, required=False, allow_blank=True, default="")
    join_phrase = serializers.CharField(
        max_length=JOIN_MAX,
        required=False,
        allow_blank=True,
        default="",
        trim_whitespace=False,
        help_text="Such as “ feat. ”; a comma where nothing is said.",
    )
    handle = serializers.CharField(read_only=True, allow_null=True, help_text=HANDLE)


class CreditWords(serializers.Serializer[Any]):
    """Somebody else who made it, and what they did."""

    name = LineField(max_length=NAME_MAX)
    credited_as = LineField(max_length=NAME_MAX, required=False, allow_blank=True, default="")
    role = serializers.ChoiceField(ROLES)
    detail = LineField(max_length=DETAIL_MAX, required=False, allow_blank=True, default="")
    url = serializers.CharField(max_length=URL_MAX, required=False, allow_blank=True, default="")
    handle = serializers.CharField(read_only=True, allow_null=True, help_text=HANDLE)


class CreditsWords(serializers.Serializer[Any]):
    """Both lists; one that is left out stays as it is."""

    artists = serializers.ListField(child=ArtistWords(), required=False, max_length=ARTISTS_MOST)
    credits = serializers.ListField(child=CreditWords(), required=False, max_length=CREDITS_MOST)


class CreditsTold(serializers.Serializer[Any]):
    """Who made it, in order. `artist` is what players show."""

    artist = serializers.CharField()
    artists = ArtistWords(many=True)
    credits = CreditWords(many=True)


class NameTold(serializers.Serializer[Any]):
    """A name and its page."""

    name = serializers.CharField()
    url = serializers.CharField(source="get_absolute_url")


class RoleTold(serializers.Serializer[Any]):
    """A role, and on how many tracks."""

    role = serializers.CharField()
    count = serializers.IntegerField()


class ListTold(serializers.Serializer[Any]):
    """A release or playlist that a name's page leads to."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    url = serializers.CharField(source="get_absolute_url")


class ArtistReleaseTold(ListTold):
    """A release; `is_own`: the name is one of its artists."""

    kind = serializers.CharField()
    released_on = serializers.CharField()
    is_own = serializers.BooleanField()


class LabelOfArtist(serializers.Serializer[Any]):
    """A label of the name's releases."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    url = serializers.CharField()


class ArtistTold(serializers.Serializer[Any]):
    """A name and what stands on its page: the newest of each."""

    name = serializers.CharField()
    url = serializers.CharField(source="name.get_absolute_url")
    handle = serializers.CharField(source="account.handle", default=None, allow_null=True)
    verified = serializers.CharField(
        source="account.verified", default="", help_text="What was verified of that account."
    )
    roles = RoleTold(many=True)
    releases = serializers.SerializerMethodField()
    labels = LabelOfArtist(many=True)
    playlists = ListTold(many=True)
    together_with = NameTold(source="beside", many=True)

    @extend_schema_field(ArtistReleaseTold(many=True))
    def get_releases(self, shown: dict[str, Any]) -> list[ArtistReleaseTold]:
        """Return those of every shelf, in its order."""
        shelves = (*shown["shelves"], shown["elsewhere"])
        rows = [row for shelf in shelves for row in shelf.releases]
        return ArtistReleaseTold(rows, many=True).data  # type: ignore[return-value]


class NamesTold(serializers.Serializer[Any]):
    """Up to ten names."""

    results = NameTold(many=True)


def told(thing: Track | Release) -> dict[str, Any]:
    """Return `artist`, `artists` and `credits` of a track or release, whose owner is loaded."""
    rows = credits_of(thing)
    artists = [row for row in rows if row["role"] == Credit.Role.ARTIST]
    others = [row for row in rows if row["role"] != Credit.Role.ARTIST]
    return {
        "artist": thing.artist,
        "artists": [_row(row, join_phrase=row["join"]) for row in artists],
        "credits": [
            _row(row, role=row["role"], detail=row["detail"], url=row["url"]) for row in others
        ],
    }


def _row(row: dict[str, Any], **more: str) -> dict[str, Any]:
    words = {"name": row["known_as"], "credited_as": row["name"], "handle": row["handle"]}
    return words | more


def artists_in(words: Iterable[dict[str, Any]]) -> list[Artist]:
    """Return what was sent as artists, for `set_artists`."""
    return [Artist(each["name"], each["join_phrase"], each["credited_as"]) for each in words]


def credits_in(words: Iterable[dict[str, Any]]) -> list[Said]:
    """Return what was sent as credits, for `set_credits`."""
    names = ("name", "role", "detail", "url", "credited_as")
    return [Said(*(each[name] for name in names)) for each in words]


def names_told(names: Iterable[Name]) -> dict[str, Any]:
    """Return names as they are offered."""
    return {"results": [{"name": row.name, "url": row.get_absolute_url()} for row in names]}
