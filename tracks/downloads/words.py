"""What is written into a file that is given out: the one place where its words are put together.

Credits, tags and lyrics join here: each is a field of `Words`, filled by `words_of`.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils import timezone

from config.lib.origins import home
from media_pipeline.models import Artwork
from tracks.models import Release, ReleaseTrack, Track
from tracks.models.described import Licence

RECIPE = 1  # raised when the same words are written in another way
LICENCE_URLS = {
    Licence.BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
    Licence.BY_NC_SA: "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    Licence.BY_ND: "https://creativecommons.org/licenses/by-nd/4.0/",
    Licence.BY_NC_ND: "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.PUBLIC_DOMAIN: "https://creativecommons.org/publicdomain/mark/1.0/",
}
FREE = {Licence.CC0, Licence.PUBLIC_DOMAIN}  # of rights, so nobody's are named


@dataclass(frozen=True)
class Words:
    """Texts by the fields of a tag (`media_pipeline/steps/tagging_child.py` says how each is
    called in which format); empty ones are left out."""

    title: str = ""
    artist: str = ""
    album: str = ""
    album_artist: str = ""
    track: str = ""
    tracks: str = ""
    disc: str = ""
    discs: str = ""
    date: str = ""
    genre: tuple[str, ...] = ()
    copyright: str = ""
    licence: str = ""
    licence_url: str = ""
    label: str = ""
    isrc: str = ""
    iswc: str = ""
    barcode: str = ""
    catalogue_number: str = ""
    language: str = ""
    bpm: str = ""
    key: str = ""
    composer: tuple[str, ...] = ()
    lyricist: tuple[str, ...] = ()
    producer: tuple[str, ...] = ()
    mixer: tuple[str, ...] = ()
    engineer: tuple[str, ...] = ()
    performer: tuple[str, ...] = ()
    lyrics: str = ""
    page: str = ""  # its path here; whole, it is told as comment and as url

    def told(self) -> dict[str, list[str]]:
        """Return them as a tag takes them: lists of texts, by field, without empty ones."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        page = found.pop("page")
        found |= {"comment": home() + page, "url": home() + page} if page else {}
        lists = {name: [v] if isinstance(v, str) else list(v) for name, v in found.items()}
        return {name: texts for name, texts in lists.items() if any(texts)}

    def digest(self, *more: str) -> str:
        """Return what tells these words, and `more` that belongs to them, from others; hex.

        The same in every process: where the site is seen from outside is no part of it.
        """
        text = json.dumps([RECIPE, asdict(self), more], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def words_of(track: Track, place: ReleaseTrack | None, count: "Count | None") -> Words:
    """Return the words of a track, as it stands on a release where `place` is given.

    Track and release must come with their owner, `place` with its release.
    """
    release = place.release if place else None
    artist = track.artist_credit or track.owner.name
    day = _day(track, release)
    licence = Licence(track.licence)
    known = {
        "title": track.title,
        "artist": artist,
        "date": day,
        "copyright": _rights(licence, artist, day),
        "licence": licence.label,
        "licence_url": LICENCE_URLS.get(licence, ""),
        "isrc": track.isrc,
        "iswc": track.iswc,
        "language": track.language,
        "bpm": f"{track.bpm:.2f}".rstrip("0").rstrip(".") if track.bpm else "",
        "key": track.music_key,
        "page": _page_of(track),
    }
    return Words(**known | (_of_release(place, count) if place and count else {}))


@dataclass(frozen=True)
class Count:
    """Which number each place of a release has on its disc, and how many there are on each."""

    numbers: dict[int, int]
    by_disc: dict[int, int]


def count_of(places: list[ReleaseTrack]) -> Count:
    """Return the count of all places of a release, given in their order."""
    numbers: dict[int, int] = {}
    found: dict[int, int] = {}
    for place in places:
        numbers[place.pk] = found[place.disc] = found.get(place.disc, 0) + 1
    return Count(numbers, found)


def cover_of(track: Track, release: Release | None) -> Artwork | None:
    """Return the cover to be put into a file: the track's own, its file's, its release's, or the
    one drawn of its sound. Covers must have been read along."""
    asset = track.primary_version.media.asset if track.primary_version else None
    inside: Artwork | None = getattr(asset, "artwork", None)
    own = _artwork(track.cover)
    if own is not None:
        return own
    if inside is not None and inside.origin == Artwork.Origin.EMBEDDED:
        return inside
    return (_artwork(release.cover) if release else None) or inside


def _artwork(cover: Any) -> Artwork | None:
    return getattr(cover.asset, "artwork", None) if cover else None


def _of_release(place: ReleaseTrack, count: Count) -> dict[str, Any]:
    release = place.release
    return {
        "album": release.title,
        "album_artist": release.artist_credit or release.owner.name,
        "track": str(count.numbers[place.pk]),
        "tracks": str(count.by_disc[place.disc]),
        "disc": str(place.disc),
        "discs": str(max(count.by_disc)),
        "barcode": release.upc,
        "catalogue_number": release.catalogue_number,
    }


def _day(track: Track, release: Release | None) -> str:
    if release and release.released_on:
        return release.released_on.isoformat()
    moment = track.published_at or track.created_at
    return timezone.localdate(moment).isoformat()


def _rights(licence: Licence, artist: str, day: str) -> str:
    """Return a line of rights; it begins with the year, as ID3 wants it (TCOP)."""
    if licence in FREE:
        return f"{licence.label}. {LICENCE_URLS[licence]}"
    line = f"{day[:4]} {artist}. {licence.label}."
    return f"{line} {LICENCE_URLS[licence]}" if licence in LICENCE_URLS else line


def _page_of(track: Track) -> str:
    """Return the path of its page; its artist's where a key would stand in it."""
    public = track.visibility == Track.Visibility.PUBLIC
    return str((track if public else track.owner).get_absolute_url())
