"""What is written into a file that is given out: the one place where its words are put together.

Each is a field of `Words`, filled by `words_of`.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils import timezone

from config.lib.origins import home
from media_pipeline.delivery import covers
from media_pipeline.models import Artwork
from tracks.lyrics.presenters import lyrics_of
from tracks.models import Credit, Release, ReleaseTrack, Track
from tracks.models.described import Licence

RECIPE = 1  # raised when the same words are written in another way
FIELDS_OF_ROLE = {
    Credit.Role.WRITER: ("composer", "lyricist"),
    Credit.Role.PRODUCER: ("producer",),
    Credit.Role.MIXER: ("mixer",),
    Credit.Role.MASTERING: ("engineer",),
    Credit.Role.MUSICIAN: ("performer",),
    Credit.Role.FEATURE: ("performer",),
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

    Track and release must come with their owner, `place` with its release and label, the track
    with its lyrics, credits and accepted genres (`selectors.with_sound`).
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
        "licence_url": licence.deed,
        "isrc": track.isrc,
        "iswc": track.iswc,
        "language": track.language,
        "bpm": f"{track.bpm:.2f}".rstrip("0").rstrip(".") if track.bpm else "",
        "key": track.music_key,
        "page": _page_of(track),
        **_made_by(track),
        "genre": tuple(row.tag.name for row in track.track_tags.all()),
        "lyrics": _lyrics(track),
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
    media = track.primary_version.media if track.primary_version else None
    inside: Artwork | None = getattr(media.asset, "artwork", None) if media else None
    is_embedded = inside is not None and inside.origin == Artwork.Origin.EMBEDDED
    if own := _artwork(track.cover):
        return _shown(own, track.cover_id)
    if is_embedded and inside and media:
        return _shown(inside, media.pk)
    of_release = _artwork(release.cover) if release else None
    return _shown(of_release, release.cover_id) if of_release and release else inside


def _shown(artwork: Artwork, media: Any) -> Artwork:
    """Return this cover, or the blank one where it is shown to nobody."""
    if not covers.hidden_among([media]):
        return artwork
    return Artwork(asset=artwork.asset, full_key=covers.BLANK_KEY)


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
        "label": release.label.name if release.label else "",
        "barcode": release.upc,
        "catalogue_number": release.catalogue_number,
    }


def _made_by(track: Track) -> dict[str, tuple[str, ...]]:
    """Return who made it, by the fields of a tag; a musician with the instrument behind the name,
    as Vorbis comments and ID3's readers have it."""
    found: dict[str, list[str]] = {}
    for credit in track.credits.all():
        name = credit.credited_as
        for field in FIELDS_OF_ROLE.get(Credit.Role(credit.role), ()):
            detail = f" ({credit.detail})" if field == "performer" and credit.detail else ""
            found.setdefault(field, []).append(name + detail)
    return {field: tuple(names) for field, names in found.items()}


def _lyrics(track: Track) -> str:
    """Return the words that are sung, without their times."""
    found = lyrics_of(track)
    return "\n".join(line.text for line in found.lines) if found else ""


def _day(track: Track, release: Release | None) -> str:
    if release and release.released_on:
        return release.released_on
    moment = track.published_at or track.created_at
    return timezone.localdate(moment).isoformat()


def _rights(licence: Licence, artist: str, day: str) -> str:
    """Return a line of rights; it begins with the year, as ID3 wants it (TCOP)."""
    if licence in FREE:
        return f"{licence.label}. {licence.deed}"
    line = f"{day[:4]} {artist}. {licence.label}."
    return f"{line} {licence.deed}" if licence.deed else line


def _page_of(track: Track) -> str:
    """Return the path of its page; its artist's where a key would stand in it."""
    public = track.visibility == Track.Visibility.PUBLIC
    return str((track if public else track.owner).get_absolute_url())
