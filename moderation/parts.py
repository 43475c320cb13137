"""Parts of things that a decision alone can be about: a moment, a cover, a visual, words.

Nobody reports a part: they report the thing, and a moderator decides about no more than is wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from media_pipeline.models import Artwork, Media
from moderation.models import Scope
from moderation.things import KINDS, PARTS, Kind, register
from social.models import ArtistPicture, User
from tracks.hidden_words import LYRICS, more_of
from tracks.models import Playlist, Release, Track, TrackVersion, TrackVisual

# From a media to the thing whose cover it is.
COVERED = {"track_cover": "track", "release_cover": "release", "playlist_cover": "playlist"}
VERSION = "version"
# Whose words can be hidden.
WORDED: dict[Scope, tuple[Any, ...]] = {
    Scope.WORDS: (Track, Release, Playlist, User),
    Scope.LYRICS: (Track,),
}


@dataclass(frozen=True)
class Several:
    """Rows of several tables, of which no two have one id."""

    models: tuple[Any, ...]
    key: Any = None

    def filter(self, *, pk: Any) -> "Several":
        """Return those with this id: one, or none."""
        return Several(self.models, pk)

    def first(self) -> Any:
        """Return it, deleted or not; None where it is gone."""
        found = (model._base_manager.filter(pk=self.key).first() for model in self.models)
        return next((row for row in found if row), None)


def moments_of(scope: str, row: Any) -> Iterator[tuple[Kind, Any]]:
    """Yield the versions of a piece, of each of which a moment can be muted."""
    if scope == Scope.VERSION:
        yield KINDS[Scope.MOMENT], row
    elif track := KINDS[scope].track(row):
        versions = track.versions.select_related("track__owner").order_by("-number")
        yield from ((KINDS[Scope.MOMENT], version) for version in versions)


def covers_of(scope: str, row: Any) -> Iterator[tuple[Kind, Any]]:
    """Yield the media whose cover stands for a thing: its own, and those inside its files."""
    match row:
        case Track() | Release() | Playlist() if row.cover_id:
            yield KINDS[Scope.COVER], _media().get(pk=row.cover_id)
    inside = _media().filter(asset__artwork__origin=Artwork.Origin.EMBEDDED)
    match row:
        case Track():
            found = inside.filter(version__track=row)
        case TrackVersion():
            found = inside.filter(version=row)
        case _:
            return
    yield from ((KINDS[Scope.COVER], media) for media in found.order_by("pk"))


def pictures_of(_scope: str, row: Any) -> Iterator[tuple[Kind, Any]]:
    """Yield the pictures of a person’s page."""
    if isinstance(row, User):
        yield from ((KINDS[Scope.PICTURE], one) for one in row.pictures.order_by("pk"))


def visuals_of(_scope: str, row: Any) -> Iterator[tuple[Kind, Any]]:
    """Yield the picture or film that is seen while a piece plays."""
    visual = getattr(row, "visual", None) if isinstance(row, Track) else None
    if visual:
        yield KINDS[Scope.VISUAL], visual


def words_of(_scope: str, row: Any) -> Iterator[tuple[Kind, Any]]:
    """Yield what is said of a thing, or what a person says of themselves, and what is sung."""
    if said_of(row):
        yield KINDS[Scope.WORDS], row
    if sung_in(row):
        yield KINDS[Scope.LYRICS], row


def said_of(row: Any) -> str:
    """Return the words of a thing; empty where it has none."""
    about = getattr(row, "artist_page", None) if isinstance(row, User) else row
    found = [getattr(about, name, "") for name in ("description_md", "notes_md", "press_md")]
    return "\n\n".join(words for words in found if words.strip())


def sung_in(row: Any) -> str:
    """Return the lyrics of a track, and what else is known to be sung or said in it."""
    if not isinstance(row, Track):
        return ""
    lyrics = getattr(row, "lyrics", None)
    found = [lyrics.text if lyrics else "", more_of(row, LYRICS)]
    return "\n\n".join(words for words in found if words)


def thing_of(media: Media) -> Any:
    """Return the piece, release or playlist that a cover stands for; None where it is gone."""
    for name in COVERED:
        if found := getattr(media, name, None):
            return found
    version = getattr(media, VERSION, None)
    return version.track if version else None


def _media() -> Any:
    return Media.objects.select_related("asset__owner")


def _none(model: Any) -> Any:
    return lambda _viewer: model.objects.none()


def _url(media: Media) -> str:
    thing = thing_of(media)
    return thing.get_absolute_url() if thing else media.asset.owner.get_absolute_url()


def _title(media: Media) -> str:
    thing = thing_of(media)
    return thing.title if thing else media.asset.filename


def register_all() -> None:
    """Say what there is, and of which things."""
    version = KINDS[Scope.VERSION]
    register(
        Kind(
            Scope.MOMENT,
            version.rows,
            _none(TrackVersion),
            version.owner,
            version.title,
            version.url,
            version.track,
            is_part=True,
        )
    )
    register(
        Kind(
            Scope.COVER,
            _media,
            _none(Media),
            lambda row: row.asset.owner,
            _title,
            _url,
            is_part=True,
        )
    )
    register(
        Kind(
            Scope.PICTURE,
            lambda: ArtistPicture.objects.select_related("user"),
            _none(ArtistPicture),
            lambda row: row.user,
            lambda row: row.alt or row.user.name,
            lambda row: row.user.get_absolute_url(),
            is_part=True,
        )
    )
    register(
        Kind(
            Scope.VISUAL,
            lambda: TrackVisual.objects.select_related("track__owner", "media"),
            _none(TrackVisual),
            lambda row: row.track.owner,
            lambda row: row.track.title,
            lambda row: row.track.get_absolute_url(),
            is_part=True,
        )
    )
    for scope, models in WORDED.items():
        register(
            Kind(
                scope,
                lambda models=models: Several(models),  # type: ignore[misc]
                _none(Track),
                lambda row: row if isinstance(row, User) else row.owner,
                lambda row: row.name if isinstance(row, User) else row.title,
                lambda row: row.get_absolute_url(),
                is_part=True,
            )
        )
    PARTS.extend([moments_of, covers_of, pictures_of, visuals_of, words_of])
