"""What a player in a foreign page is given: music for everybody, and nothing of anybody."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, QueryDict

from media_pipeline.delivery import Signable
from tracks.collections import selectors as collecting
from tracks.models import Playlist, Release, Track, pictures
from tracks.models.track import TrackQuerySet
from tracks.player import facts_of, player_data, waveform_of

HEX = re.compile(r"[0-9a-fA-F]{6}")
THEMES = ("dark", "light")
LONGEST_START_SECONDS = 24 * 3600
MOST_TRACKS = 50  # of a list; its page has them all
PEAKS = 160  # bars of the small waveform, one letter each
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
LOUDEST = 128

# Who looks into a frame is nobody: the page is the same for all, and needs no cookie.
NOBODY = AnonymousUser()


@dataclass(frozen=True)
class Look:
    """What whoever embeds may choose. `start` is in seconds; an empty theme is the system's."""

    theme: str = ""
    accent: str = ""
    autoplay: bool = False
    start: float = 0.0


@dataclass(frozen=True)
class Shown:
    """One thing in a frame: its words, and its music in order."""

    kind: str
    thing: Track | Release | Playlist
    tracks: list[dict[str, Any]]
    count: int

    @property
    def first(self) -> dict[str, Any] | None:
        """Return what plays first, if anything does."""
        return self.tracks[0] if self.tracks else None

    @property
    def is_public(self) -> bool:
        """Tell whether anybody may find it, not only who has its key."""
        return self.thing.visibility == "public"


def look_of(asked: QueryDict) -> Look:
    """Read the choices of an address; what makes no sense is as if it were not there."""
    theme, accent = asked.get("theme", ""), asked.get("accent", "").removeprefix("#")
    return Look(
        theme=theme if theme in THEMES else "",
        accent=accent.lower() if HEX.fullmatch(accent) else "",
        autoplay=asked.get("autoplay", "") in {"1", "true"},
        start=seconds(asked.get("start", "")),
    )


def seconds(text: str) -> float:
    """Read a moment in seconds (`83`, `83.5`), from 0 to a day; 0 for anything else."""
    try:
        moment = float(text)
    except ValueError:
        return 0.0
    return moment if 0 < moment <= LONGEST_START_SECONDS else 0.0


def track(track_id: UUID, key: str = "") -> Shown:
    """Return a track that everybody may hear, or whoever holds `key`. Raises Http404."""
    found = opened_track(key).for_page().filter(pk=track_id).first()
    if found is None:
        raise Http404
    return Shown("track", found, _data([found], key), 1)


def opened_track(key: str) -> TrackQuerySet:
    """Return the tracks that everybody may hear, and the unlisted one of this key.

    Keys of other rooms (review links) open no frame: it names the address, and they do not.
    """
    return Track.objects.visible_to(NOBODY) | Track.objects.opened_by_token(key, NOBODY)


def collection(kind: str, thing_id: UUID, key: str = "") -> Shown:
    """Return a release or a playlist with what everybody may hear of it. Raises Http404."""
    found: Any = collecting.opened(kind, NOBODY, key).filter(pk=thing_id).first()
    if found is None:
        raise Http404
    tracks = collecting.tracks_of(found, NOBODY)
    return Shown(
        kind, found, _data(tracks.for_page()[:MOST_TRACKS], ""), collecting.totals(found, NOBODY)[0]
    )


def picture_of(kind: str, thing_id: UUID, key: str = "") -> Signable | None:
    """Return the media whose cover stands for a thing, as far as everybody may know it.

    Before the hour of a release its own cover is known, too. Raises Http404.
    """
    if kind == "track":
        return pictured(track(thing_id, key))
    if kind == "release" and not key:
        rows: Any = Release.objects.announced(NOBODY).filter(pk=thing_id)
        if coming := rows.select_related("cover").first():
            return cast(Signable | None, coming.cover)
    return pictured(collection(kind, thing_id, key))


def pictured(shown: Shown) -> Signable | None:
    """Return the media whose cover stands for the thing: its own, else that of its first track."""
    if shown.thing.cover:
        return shown.thing.cover
    rows = Track.objects.filter(primary_version__in=[row["version_id"] for row in shown.tracks[:1]])
    found = rows.for_card().first()
    version = found.primary_version if found else None
    picture = pictures.picture_of(found, version.media) if version else None
    return picture.media if picture else None


def _data(tracks: Iterable[Track], key: str) -> list[dict[str, Any]]:
    """Return what the player needs of each track that sounds."""
    data = []
    for one in tracks:
        version = one.primary_version
        if version is None or not version.media.asset.playable:
            continue
        version.track = one
        facts, waveform = facts_of(version), waveform_of(version)
        data.append(
            player_data(version, overview=False)
            | {
                "key": key,
                "true_peak_dbtp": facts.true_peak_dbtp if facts else None,
                "peaks": peaks(waveform.overview if waveform else []),
            }
        )
    return data


def peaks(overview: list[int]) -> str:
    """Write the heights of a waveform as letters: 160 bars in 160 bytes, and not in 9 kB.

    `overview` holds pairs of minimum and maximum from −128 to 127.
    """
    count = min(PEAKS, len(overview) // 2)
    if not count:
        return ""
    edges = [2 * (len(overview) // 2 * bar // count) for bar in range(count + 1)]
    heights = [max(abs(value) for value in overview[start:end]) for start, end in pairwise(edges)]
    top = len(LETTERS) - 1
    return "".join(LETTERS[min(top, height * top // LOUDEST)] for height in heights)
