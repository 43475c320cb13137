"""What a player needs to play a version: told alike by the page and by the API."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from config.lib.urls import address_of
from media_pipeline.delivery import Signable, expiry_for, media_url
from media_pipeline.models import Artwork, AudioFacts, Rendition, Waveform
from tracks.models import ListedListener, Track, TrackVersion
from tracks.models.pictures import picture_of

THUMB = "cover-thumb.jpg"
LOSSLESS = {Rendition.Format.HLS_FLAC, Rendition.Format.HLS_ALAC}


_COLUMNS = [field.attname for field in Rendition._meta.concrete_fields]


def renditions_of(asset: OuterRef) -> Any:
    """Return the renditions of an asset as a column of JSON, for `with_renditions`."""
    row = JSONObject(**{name: name for name in _COLUMNS})
    return ArraySubquery(Rendition.objects.filter(asset=asset).order_by("pk").values(row=row))


def with_renditions(version: TrackVersion, data: list[dict[str, Any]]) -> TrackVersion:
    """Give a version's asset its renditions, as `prefetch_related` would by one more query."""
    asset: Any = version.media.asset
    rows: Any = Rendition.objects.none()
    rows._result_cache = [
        Rendition.from_db("default", _COLUMNS, [row[name] for name in _COLUMNS]) for row in data
    ]
    rows._prefetch_done = True
    asset._prefetched_objects_cache = {"renditions": rows}
    return version


@dataclass(frozen=True)
class Shown:
    """What is seen of a track: signed addresses of its cover, and the accent; None for none."""

    cover: str | None
    cover_thumb: str | None
    accent: str | None


def shown_of(track: Track, version: TrackVersion) -> Shown:
    """Return what `picture_of` chooses for this version of a track. No query is made."""
    picture = picture_of(track, version.media)
    if picture is None:
        return Shown(None, None, None)
    large, small = (signed_picture(picture.media, name) for name in ("cover.jpg", THUMB))
    return Shown(large, small, picture.accent)


def signed_picture(media: Signable, name: str) -> str:
    """Return the signed address of a picture of a media."""
    return media_url(media, "", name, scope="img")


@dataclass(frozen=True)
class Addresses:
    """Signed addresses of one version; None where there is nothing to hear or see yet."""

    hls: str | None
    lossless_hls: str | None
    mp3: str | None
    waveform: str | None
    cover: str | None
    cover_thumb: str | None
    expires_at: datetime


def addresses(version: TrackVersion, *, lossless: bool = False) -> Addresses:
    """Sign everything of a version that is there; the lossless scope only where asked for."""
    media, asset = version.media, version.media.asset
    facts, artwork = facts_of(version), artwork_of(version)
    duration = facts.duration_ms if facts else None
    renditions = {row.format: row for row in asset.renditions.all()}
    mp3 = renditions.get(Rendition.Format.MP3_320)
    best = next((row for kind, row in renditions.items() if kind in LOSSLESS), None)

    def signed(attempt: str, path: str, scope: str = "std") -> str:
        return media_url(media, attempt, path, scope=scope, duration_ms=duration)

    return Addresses(
        hls=signed(asset.attempt, "master.m3u8") if asset.playable else None,
        lossless_hls=signed(best.attempt, "master.m3u8", "lossless") if best and lossless else None,
        mp3=signed(mp3.attempt, "mp3_320.mp3") if mp3 else None,
        waveform=signed(asset.attempt, "waveform.json") if waveform_of(version) else None,
        cover=signed("", "cover.jpg", "img") if artwork else None,
        cover_thumb=signed("", "cover-thumb.jpg", "img") if artwork else None,
        expires_at=datetime.fromtimestamp(expiry_for(duration_ms=duration), UTC),
    )


def player_data(
    version: TrackVersion, *, overview: bool = True, lossless: bool = False
) -> dict[str, Any]:
    """Return what the page hands to `<audio-player>` (json_script `player-data`).

    `overview` False leaves the peaks out: they weigh more than all the rest. `lossless` is for whom
    the artist lets hear it (`may_hear_lossless`).
    """
    track, owner = version.track, version.track.owner
    facts, waveform = facts_of(version), waveform_of(version)
    urls, shown = addresses(version, lossless=lossless), shown_of(track, version)
    return {
        "version_id": str(version.pk),
        "track_id": str(track.pk),
        "title": track.title,
        "artist": track.artist,
        "artist_url": address_of("profile", owner.handle),
        "url": track.get_absolute_url(),
        "cover": shown.cover,
        "cover_thumb": shown.cover_thumb,
        "duration_ms": facts.duration_ms if facts else None,
        "loudness_lufs": facts.loudness_lufs if facts else None,
        "true_peak_dbtp": facts.true_peak_dbtp if facts else None,
        "status": version.status,
        "playable": version.media.asset.playable,
        "hls_url": urls.hls,
        "lossless_hls_url": urls.lossless_hls,
        "mp3_url": urls.mp3,
        "waveform_url": urls.waveform,
        "overview": waveform.overview if waveform and overview else [],
        "expires_at": urls.expires_at.isoformat(),
        "accent": shown.accent,
    }


def may_hear_lossless(track: Track, user: Any) -> bool:
    """Tell whether this person gets the lossless rendition: the owner, or whom the owner lets."""
    if track.opens_lossless or (user.is_authenticated and track.owner_id == user.pk):
        return True
    if not track.opens_lossless_listed or not user.is_authenticated:
        return False
    return ListedListener.objects.filter(owner=track.owner_id, person=user.pk).exists()


def facts_of(version: TrackVersion) -> AudioFacts | None:
    """Return the figures of the sound, once it was probed."""
    return getattr(version.media.asset, "facts", None)


def artwork_of(version: TrackVersion) -> Artwork | None:
    """Return the cover, once there is one."""
    return getattr(version.media.asset, "artwork", None)


def waveform_of(version: TrackVersion) -> Waveform | None:
    """Return the peaks, once they were drawn."""
    return getattr(version.media.asset, "waveform", None)
