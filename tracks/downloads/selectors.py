"""Finding what is given of a piece or a release, to whom, and whether it lies ready."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Now

from config.lib.paging import PAGE_SIZE, Page, page, read_id_cursor
from media_pipeline.models import Artwork, Asset, Rendition
from tracks import access
from tracks.access import Person, User
from tracks.downloads.audiences import opens
from tracks.downloads.words import Count, Words, count_of, cover_of, words_of
from tracks.hidden_words import with_hidden
from tracks.models import (
    Download,
    DownloadGrant,
    Given,
    ListedListener,
    PreparedFile,
    Release,
    ReleaseTrack,
    Stem,
    Tag,
    Track,
    TrackTag,
    TrackVersion,
)
from tracks.models.audience import Audience

OF_RELEASE = (Given.ORIGINAL, Given.FLAC, Given.MP3)  # what a zip of it may consist of
OF_PLACE = ("release__owner", "release__label", "release__cover__asset__artwork")


@dataclass(frozen=True)
class Need:
    """A file that is to be given out: what it is made of, and what is to stand in it.

    `base_key` is where its sound lies; empty where that is still to be made (`flac`).
    """

    track: Track
    version: TrackVersion
    asset: Asset
    what: str
    base_key: str
    ending: str
    digest: str
    words: Words | None = None
    cover: Artwork | None = None
    place: ReleaseTrack | None = None
    stem: Stem | None = None
    number: int = 0

    @property
    def identity(self) -> tuple[Any, str, str]:
        """Return by what its prepared file is known."""
        return self.asset.pk, self.what, self.digest


def out() -> Q:
    """Return the Q of the releases whose moment has come."""
    return Q(release_at=None) | Q(release_at__lte=Now())


def opened_releases(user: User, what: str) -> QuerySet[Any]:
    """Return the releases that this person may keep as a whole, without holding a key."""
    allowed = out() & opens("download", user, what)
    return Release.objects.visible_to(user).filter(allowed)


def track_rule(user: User, what: str) -> Q:
    """Return the Q of the tracks of which this person gets this, by themselves or a release."""
    found = opens(f"gives_{what}", user, what)
    if what in OF_RELEASE:
        places = ReleaseTrack.objects.filter(release__in=opened_releases(user, what).values("pk"))
        found |= Q(pk__in=places.values("track"))
    return found


def what_is_given(track: Track, user: User, key: str = "") -> list[str]:
    """Return what there is of a track that this person may keep."""
    return [what for what in there_is(track) if access.may_download(user, track, what, key=key)]


def there_is(track: Track) -> list[str]:
    """Return what there is of a track, whoever asks; the track comes from `with_sound`."""
    return [what for what in Given.values if needs_of_track(track, what)]


def with_sound(tracks: QuerySet[Track]) -> QuerySet[Track]:
    """Carry every join that giving a track away needs."""
    asset = "primary_version__media__asset"
    mp3 = Rendition.objects.filter(format=Rendition.Format.MP3_320, status=Rendition.Status.READY)
    stems = Stem.objects.select_related("media__asset").order_by("position", "id")
    genres = TrackTag.objects.filter(state="accepted", tag__kind=Tag.Kind.GENRE).order_by("pk")
    beside = ("owner", "lyrics", f"{asset}__facts", f"{asset}__artwork", "cover__asset__artwork")
    rows = with_hidden(tracks).select_related(*beside)
    return rows.prefetch_related(
        "credits",
        Prefetch("track_tags", genres.select_related("tag")),
        Prefetch(f"{asset}__renditions", mp3, to_attr="mp3s"),
        Prefetch("primary_version__stems", stems, to_attr="all_stems"),
    )


def needs_of_track(
    track: Track, what: str, place: ReleaseTrack | None = None, count: Count | None = None
) -> list[Need]:
    """Return the files of which this consists: many for stems, none where there is no such thing.

    The track comes from `with_sound`.
    """
    version = track.primary_version
    if version is None or not version.media.asset.ready_at:
        return []
    if what == Given.STEMS:
        stems: list[Stem] = getattr(version, "all_stems", [])
        return [_stem(track, version, stem, n) for n, stem in enumerate(stems, start=1)]
    asset = version.media.asset
    source = _source(asset, what)
    if source is None:
        return []
    words = words_of(track, place, count)
    cover = cover_of(track, place.release if place else None)
    base, ending = source
    looks = f"{cover.full_key}:{cover.asset.attempt}" if cover else ""
    return [
        Need(
            *(track, version, asset, what, base, ending),
            words.digest(base, looks),
            *(words, cover, place),
            number=count.numbers[place.pk] if place and count else 0,
        )
    ]


def _source(asset: Any, what: str) -> tuple[str, str] | None:
    """Return where the sound lies (empty: still to be made) and its ending; None: there is none."""
    ending = asset.key.rpartition(".")[2]
    if what == Given.ORIGINAL:
        return asset.key, ending
    if what == Given.MP3:
        mp3 = next(iter(asset.mp3s), None)
        return (f"{asset.prefix_of(mp3.attempt)}/{mp3.path}", "mp3") if mp3 else None
    facts = getattr(asset, "facts", None)
    if facts is None or not facts.bit_depth:
        return None  # a lossy file gains nothing
    return (asset.key, "flac") if facts.container == facts.codec == "flac" else ("", "flac")


def _stem(track: Track, version: TrackVersion, stem: Stem, number: int) -> Need:
    asset = stem.media.asset
    ending = asset.key.rpartition(".")[2]
    # Its bytes as they came, under whatever title: so one prepared file is good for ever.
    digest = Words().digest(asset.key)
    return Need(
        *(track, version, asset, Given.STEMS, asset.key, ending, digest), stem=stem, number=number
    )


def place_of(track: Track) -> tuple[ReleaseTrack | None, Count | None]:
    """Return where a track stands that is given by itself: on the first release that is out."""
    places = ReleaseTrack.objects.filter(track=track, release__deleted_at=None)
    public = places.filter(
        Q(release__release_at=None) | Q(release__release_at__lte=Now()),
        release__visibility=Release.Visibility.PUBLIC,
    )
    found = public.select_related(*OF_PLACE)
    place = found.order_by("release__published_at", "release_id").first()
    return (place, count_of(places_of(place.release))) if place else (None, None)


def places_of(release: Release) -> list[ReleaseTrack]:
    """Return all places of a release in their order."""
    rows = release.items.select_related(*OF_PLACE)
    return list(rows.order_by("position", "pk"))


def needs_of_release(release: Release, what: str, viewer: User) -> list[Need]:
    """Return the files of a release's zip: of the tracks that this person may hear.

    Where there is no FLAC, or no MP3 yet, the original stands in its place.
    """
    places = places_of(release)
    count = count_of(places)
    opened = Track.objects.visible_to(viewer).filter(access.not_withheld(viewer))
    tracks = with_sound(opened).in_bulk([place.track_id for place in places])
    found: list[Need] = []
    for place in places:
        if track := tracks.get(place.track_id):
            needs = needs_of_track(track, what, place, count)
            found += needs or needs_of_track(track, Given.ORIGINAL, place, count)
    return found


def given_now(track: Track) -> Iterator[list[Need]]:
    """Yield the files of all that is given of a track, by itself and on each of its releases."""
    places = ReleaseTrack.objects.filter(track=track, release__deleted_at=None)
    rows = places.exclude(release__download=Audience.NOBODY)
    for place in rows.select_related(*OF_PLACE):
        count = count_of(places_of(place.release))
        for each in OF_RELEASE:
            yield needs_of_track(track, each, place, count)
    own = place_of(track)
    for what in Given.values:
        if getattr(track, f"gives_{what}") != Audience.NOBODY:
            yield needs_of_track(track, what, *own)


def ready(needs: Iterable[Need]) -> dict[tuple[Any, str, str], PreparedFile]:
    """Return the prepared files of these that there are, by identity; one query."""
    wanted = {need.identity for need in needs}
    rows = PreparedFile.objects.filter(
        asset__in={one[0] for one in wanted}, digest__in={one[2] for one in wanted}
    )
    by_identity = {(row.asset_id, row.what, row.digest): row for row in rows}
    return {identity: row for identity, row in by_identity.items() if identity in wanted}


def listeners_of(owner: Person) -> QuerySet[ListedListener]:
    """Return the people on an artist's list, newest first."""
    return ListedListener.objects.filter(owner=owner).select_related("person")


def listeners_page(owner: Person, before: str, size: int = PAGE_SIZE) -> Page[ListedListener]:
    """Return a page of the people on an artist's list, newest first."""
    rows = listeners_of(owner).order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=read_id_cursor(before))
    return page(rows, lambda row: row.pk.hex, size)


def grants_of(thing: Track | Release) -> QuerySet[DownloadGrant]:
    """Return the valid grants of a thing, newest first."""
    return cast(QuerySet[DownloadGrant], thing.download_grants.valid().select_related("person"))


def downloads_of(thing: Track | Release) -> QuerySet[Download]:
    """Return who has taken it, newest first."""
    return thing.downloads.select_related("user").order_by("-pk")


def known_keys(keys: Iterable[str]) -> set[str]:
    """Return those of these keys of the storage that a prepared file is made of."""
    wanted = set(keys)
    rows = PreparedFile.objects.filter(Q(key__in=wanted) | Q(base_key__in=wanted))
    return wanted & {key for pair in rows.values_list("key", "base_key") for key in pair}
