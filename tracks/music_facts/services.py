"""Tempo and key of tracks: as measured, until the owner says it better."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from config.lib.problems import Problem
from media_pipeline.models import Asset, MusicFacts
from media_pipeline.processing.services import music
from tracks.access import Person
from tracks.models import Track, TrackVersion
from tracks.music_facts.rules import read_bpm, read_key
from tracks.visibility.services.closing import draw_anew

AT_ONCE = 100
BPM_SAID = Q(bpm__isnull=False, bpm_confidence=None)
KEY_SAID = ~Q(music_key="") & Q(music_key_confidence=None)


@transaction.atomic
def say(*, track: Track, bpm: str, key: str, by: Person) -> Track:
    """Say tempo and key of one's own track; what is left empty is taken as it was measured.

    Raises Problem.
    """
    if track.owner_id != by.pk:
        raise Problem("not-the-owner", "Only its owner says what a track is.", status=403)
    row = Track.objects.locked(track.pk)
    tempo, named = read_bpm(bpm), read_key(key)
    # What is sent back as it was shown is no new word of the owner's.
    if tempo is None or tempo != row.bpm:
        row.bpm, row.bpm_confidence = tempo, None
    if not named or named != row.music_key:
        row.music_key, row.music_key_confidence = named, None
    row.save(update_fields=["bpm", "bpm_confidence", "music_key", "music_key_confidence"])
    if asset := _asset_of(row):
        bring(asset_id=asset.pk)
    draw_anew([row.pk])
    return Track.objects.select_related("owner").get(pk=row.pk)


@transaction.atomic
def bring(*, asset_id: Any) -> None:
    """Give tracks what was measured of their primary version, where the owner said nothing."""
    facts = MusicFacts.objects.filter(asset=asset_id).first()
    if facts is None:
        return
    tracks = Track.objects.filter(primary_version__media__asset=asset_id)
    keys = list(tracks.values_list("pk", flat=True))
    tracks = Track.objects.filter(pk__in=keys)
    sure = facts.bpm_confidence if facts.bpm is not None else None
    tracks.exclude(BPM_SAID).update(bpm=facts.bpm, bpm_confidence=sure)
    sure = facts.key_confidence if facts.key else None
    tracks.exclude(KEY_SAID).update(music_key=facts.key, music_key_confidence=sure)
    draw_anew(keys)


@transaction.atomic
def expect(*, track: Track) -> None:
    """Have the primary version of a track measured, or take what was measured of it before."""
    asset = _asset_of(track)
    if asset is None:
        return
    if not MusicFacts.objects.filter(asset=asset).exists():
        # What was measured of another version says nothing of this one.
        rows = Track.objects.filter(pk=track.pk)
        rows.exclude(BPM_SAID).update(bpm=None, bpm_confidence=None)
        rows.exclude(KEY_SAID).update(music_key="", music_key_confidence=None)
    music.expect(asset=asset)


def expect_asset(*, asset: Asset) -> None:
    """Have a file measured that is the primary version of a track."""
    if Track.objects.filter(primary_version__media__asset=asset).exists():
        music.expect(asset=asset)


def sweep() -> None:
    """Begin what a lost signal left undone, or what nobody could do before; comes round."""
    late = TrackVersion.objects.filter(
        pk__in=Track.objects.exclude(primary_version=None).values("primary_version"),
        status=TrackVersion.Status.READY,
        media__asset__music=None,
    )
    for version in late.select_related("media__asset").order_by("-pk")[:AT_ONCE]:
        music.expect(asset=version.media.asset)


def _asset_of(track: Track) -> Asset | None:
    return Asset.objects.filter(media__version=track.primary_version_id).first()
