"""Tracks, as a search finds them: everything that is said of a piece, and its traits."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from tracks.access import User
from tracks.cards import listed
from tracks.findable import findable
from tracks.hidden_words import LYRICS, WORDS, told
from tracks.models import Credit, ReleaseTrack, Stem, Track, TrackTag
from tracks.models.audience import Audience
from tracks.models.described import Form
from tracks.search import traits
from tracks.search.registry import Entry, Found, Kind, register

MOST = 60  # tags, credits or releases of one track
_ASSET = "primary_version__media__asset"
_COLUMNS = (
    *("pk", "title", "description_md", "artist_credit", "published_at", "licence", "bpm"),
    *("music_key", "language", "form", "form_guessed", "gives_original", "gives_flac", "gives_mp3"),
    *("owner__handle", "owner__display_name", "lyrics__text"),
    *(f"{_ASSET}__facts__{name}" for name in ("duration_ms", "codec", "container")),
)


def _build(keys: Sequence[str]) -> list[Entry]:
    published = Track.objects.published().order_by().filter(pk__in=keys)
    return [_entry(row) for row in _told(published).values(*_COLUMNS, *_BESIDE)]


def _told(tracks: Any) -> Any:
    track = OuterRef("pk")
    tags = TrackTag.objects.filter(track=track, state=TrackTag.State.ACCEPTED)
    credits = Credit.objects.filter(track=track).order_by("position", "id")
    places = ReleaseTrack.objects.filter(
        Q(release__release_at=None) | Q(release__published_at__isnull=False),
        track=track,
        release__visibility="public",
        release__deleted_at=None,
    ).order_by("release_id")
    tag = JSONObject(name="tag__name", key="tag__key")
    credit = JSONObject(as_written="credited_as", name="name__name", role="role")
    release = JSONObject(
        title="release__title",
        label="release__label__name",
        released_on="release__released_on",
        download="release__download",
    )
    return tracks.annotate(
        tags=ArraySubquery(tags.order_by("pk").values(row=tag)[:MOST]),
        credited=ArraySubquery(credits.values(row=credit)[:MOST]),
        releases=ArraySubquery(places.values(row=release)[:MOST]),
        **told(),
        has_stems=Exists(Stem.objects.filter(version=OuterRef("primary_version"))),
    )


_BESIDE = ("tags", "credited", "releases", "has_stems", f"hides_{WORDS}", f"hides_{LYRICS}")


def _entry(row: dict[str, Any]) -> Entry:
    owner = row["owner__display_name"] or row["owner__handle"]
    artists = [credit for credit in row["credited"] if credit["role"] == Credit.Role.ARTIST]
    makers = [row["artist_credit"] or owner, row["owner__handle"]]
    makers += [credit["name"] for credit in artists]
    others = [credit for credit in row["credited"] if credit not in artists]
    names = [name for credit in others for name in {credit["as_written"], credit["name"]}]
    releases = [release["title"] for release in row["releases"]]
    labels = [release["label"] for release in row["releases"] if release["label"]]
    duration = row[f"{_ASSET}__facts__duration_ms"]
    published = row["published_at"]
    return Entry(
        pk=row["pk"],
        title=row["title"],
        makers=[*makers, owner],
        beside=[*(tag["name"] for tag in row["tags"]), *names, *releases, *labels],
        said=[_read(row, "description_md", WORDS), _read(row, "lyrics__text", LYRICS)],
        traits=[*_traits(row), *traits.by([*makers, owner])],
        standing=int(published.timestamp()),
        bpm=float(row["bpm"]) if row["bpm"] is not None else None,
        seconds=duration / 1000 if duration else None,
        day=published.date(),
    )


def _read(row: dict[str, Any], column: str, part: str) -> str:
    """Return words as everybody reads them."""
    return "" if row[f"hides_{part}"] else row[column] or ""


def _traits(row: dict[str, Any]) -> Iterator[str]:
    years = [release["released_on"][:4] for release in row["releases"] if release["released_on"]]
    yield traits.one("year", min(years, default=str(row["published_at"].year)))
    yield traits.one("licence", row["licence"])
    for tag in row["tags"]:
        yield traits.one("tag", tag["key"])
    if row["music_key"]:
        yield traits.key(row["music_key"])
    if row["bpm"] is not None:
        yield traits.one("bpm", str(int(row["bpm"])))
    if codec := row[f"{_ASSET}__facts__codec"]:
        yield traits.codec(codec, row[f"{_ASSET}__facts__container"])
    if row["has_stems"]:
        yield traits.one("has", "stems")
    if _read(row, "lyrics__text", LYRICS):
        yield traits.one("has", "lyrics")
    if (row["form"] or row["form_guessed"]) == Form.SPEECH:
        yield traits.one("form", Form.SPEECH)
    if row["language"]:
        yield traits.one("language", row["language"].lower())
    opened = [row[f"gives_{what}"] for what in ("original", "flac", "mp3")]
    if Audience.EVERYBODY in [*opened, *(release["download"] for release in row["releases"])]:
        yield traits.one("has", "download")


def _opened(viewer: User) -> Any:
    return findable(Track.objects.visible_to(viewer)).published()


def _dress(keys: Sequence[UUID], viewer: User) -> list[Found]:
    may = set(_opened(viewer).filter(pk__in=keys).values_list("pk", flat=True))
    found = listed([key for key in keys if key in may])
    return [Found(row.pk, row.title, row.get_absolute_url(), row.artist) for _, row in found]


def _known_by(tracks: Sequence[UUID]) -> Iterator[str]:
    """Yield the names and tags of these tracks: some are known by nothing else."""
    names = Credit.objects.filter(track__in=tracks).order_by()
    yield from (f"name:{slug}" for slug in names.values_list("name__slug", flat=True).distinct())
    tags = TrackTag.objects.filter(track__in=tracks, state=TrackTag.State.ACCEPTED).order_by()
    yield from (f"tag:{tag}" for tag in tags.values_list("tag", flat=True).distinct())


def register_all() -> None:
    """Say that they can be found."""
    rows = Track.objects.all
    found = Kind("track", "Tracks", "track", rows, _build, _opened, _dress, place=10)
    register(replace(found, known_by=_known_by))
