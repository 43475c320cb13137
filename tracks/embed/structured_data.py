"""What search engines read: schema.org as JSON-LD, escaped so that no title can end its script."""

import json
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from config.lib.durations import iso_duration
from tracks.embed.sharing import Absolute, Shared
from tracks.models import Playlist, Release, Track

# As Django's own json_script does it.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}
ALBUM_TYPES = {
    Release.Kind.ALBUM: "AlbumRelease",
    Release.Kind.EP: "EPRelease",
    Release.Kind.SINGLE: "SingleRelease",
}
PRODUCTION_TYPES = {
    Release.Kind.COMPILATION: "CompilationAlbum",
    Release.Kind.LIVE: "LiveAlbum",
    Release.Kind.MIX: "DJMixAlbum",
}


def recording(data: Shared, track: Track, duration_ms: int | None) -> dict[str, Any]:
    """Return a track as schema.org's MusicRecording."""
    facts: dict[str, Any] = {"@type": "MusicRecording", **_common(data)}
    facts["byArtist"] = _artist(data)
    if duration_ms:
        facts["duration"] = iso_duration(duration_ms)
    if track.published_at:
        facts["datePublished"] = track.published_at.date().isoformat()
    return facts


def album(
    data: Shared, release: Release, tracks: list[Track], absolute: Absolute
) -> dict[str, Any]:
    """Return a release as schema.org's MusicAlbum, with the tracks of this page in order."""
    facts = _album(data, release)
    if release.released_on:
        facts["datePublished"] = release.released_on
    return facts | _in_order(tracks, absolute)


def announcement(data: Shared, release: Release, there: datetime) -> dict[str, Any]:
    """Return a release whose hour is to come, without a word about its tracks."""
    facts = _album(data, release) | {"datePublished": there.date().isoformat()}
    if release.cover_id is None:
        del facts["image"]
    return facts


def _album(data: Shared, release: Release) -> dict[str, Any]:
    facts = {"@type": "MusicAlbum", **_common(data), "byArtist": _artist(data)}
    kind = Release.Kind(release.kind)
    facts["albumReleaseType"] = f"https://schema.org/{ALBUM_TYPES.get(kind, 'AlbumRelease')}"
    if kind in PRODUCTION_TYPES:
        facts["albumProductionType"] = f"https://schema.org/{PRODUCTION_TYPES[kind]}"
    return facts


def playlist(
    data: Shared, listed: Playlist, tracks: list[Track], absolute: Absolute
) -> dict[str, Any]:
    """Return a playlist as schema.org's MusicPlaylist, with the tracks of this page in order."""
    author = {"@type": "Person", "name": data.by, "url": data.by_url}
    facts = {"@type": "MusicPlaylist", **_common(data), "author": author}
    facts["dateModified"] = listed.updated_at.date().isoformat()
    return facts | _in_order(tracks, absolute)


def script(facts: dict[str, Any]) -> SafeString:
    """Write facts as a script of type `application/ld+json`: data, never run by a browser."""
    text = json.dumps({"@context": "https://schema.org", **facts}, ensure_ascii=False)
    safe = mark_safe(text.translate(ESCAPES))  # noqa: S308 - what could end the script is escaped
    return format_html('<script type="application/ld+json">{}</script>', safe)


def _common(data: Shared) -> dict[str, Any]:
    return {"@id": data.url, "url": data.url, "name": data.title, "image": data.cover_url}


def _artist(data: Shared) -> dict[str, str]:
    return {"@type": "MusicGroup", "name": data.by, "url": data.by_url}


def _in_order(tracks: list[Track], absolute: Absolute) -> dict[str, Any]:
    listed = [
        {
            "@type": "ListItem",
            "position": position,
            "item": {
                "@type": "MusicRecording",
                "name": track.title,
                "url": absolute(track.get_absolute_url()),
                "byArtist": {"@type": "MusicGroup", "name": track.artist},
                **_length(track),
            },
        }
        for position, track in enumerate(tracks, start=1)
    ]
    items = {"@type": "ItemList", "numberOfItems": len(listed), "itemListElement": listed}
    return {"numTracks": len(listed), "track": items}


def _length(track: Track) -> dict[str, str]:
    length = track.card.duration_ms
    return {"duration": iso_duration(length)} if length else {}
