"""What an owner does with the versions of a track.

The primary version is what listeners get first, what lists show and what makes the track
published. It is always shown and always playable: so whoever opens a track hears something, and
what everybody hears never changes as the by-product of another deed.
"""

from django.db import transaction
from django.utils import timezone

from config.lib.lines import one_line
from config.lib.problems import Problem
from media_pipeline.assets.services.removal import remove_media
from media_pipeline.events.services import VIEWERS, tell
from tracks import holds
from tracks.access import Person
from tracks.events import VERSION_MADE_PRIMARY
from tracks.models import Track, TrackVersion
from tracks.signals import primary_chosen, version_shown
from tracks.visibility.services import closing, publication

ONLY_SHOWN = "only-shown-version"


@transaction.atomic
def describe(*, version: TrackVersion, by: Person, label: str, note_md: str) -> TrackVersion:
    """Name a version and say what changed in it; returns it as it is now."""
    version.label, version.note_md = one_line(label), note_md.strip()
    version.save(update_fields=["label", "note_md"])
    closing.draw_anew([version.track_id])
    return version


@transaction.atomic
def make_primary(*, version: TrackVersion, by: Person) -> TrackVersion:
    """Let listeners get this version first. Raises Problem `version-hidden`, `not-playable`."""
    track, row = _locked(version)
    if row.hidden_at:
        raise Problem("version-hidden", f"{name_of(row)} is hidden. Show it first.", status=409)
    if not row.media.asset.playable:
        sentence = f"{name_of(row)} cannot be played yet. Choose it once it plays."
        raise Problem("not-playable", sentence, status=409)
    if track.primary_version_id != row.pk:
        tell(VERSION_MADE_PRIMARY, of=row, by=by.pk, audience=VIEWERS, track=track.pk)
        transaction.on_commit(
            lambda: primary_chosen.send_robust(Track, track=track, by=by) and None
        )
    track.primary_version = row
    track.save(update_fields=["primary_version", "updated_at"])
    closing.draw_anew([version.track_id])
    publication.settle(track=track)
    return row


@transaction.atomic
def hide(*, version: TrackVersion, by: Person) -> TrackVersion:
    """Keep a version for the owner alone; every signed address of it and of its stems ends.

    Raises Problem `only-shown-version`, `primary-version`.
    """
    track, row = _locked(version)
    if row.hidden_at:
        return row
    _refuse_primary(track, row, "hide")
    row.hidden_at, row.hidden_by = timezone.now(), by
    row.save(update_fields=["hidden_at", "hidden_by"])
    closing.end_signatures_of_version(row)
    return row


@transaction.atomic
def restore(*, version: TrackVersion, by: Person) -> TrackVersion:
    """Show a hidden version to listeners again."""
    _track, row = _locked(version)
    if row.hidden_at is None:
        return row
    row.hidden_at = row.hidden_by = None
    row.save(update_fields=["hidden_at", "hidden_by"])
    closing.look_again([row.media], [row.track_id])
    transaction.on_commit(lambda: version_shown.send_robust(Track, version=row) and None)
    return row


@transaction.atomic
def delete(*, version: TrackVersion, by: Person) -> None:
    """Remove a version with its stems, their music and pictures; ends their signatures.

    Its number is not given to another one while a later version exists. Raises Problem
    `only-version`, `only-shown-version`, `primary-version`, `is-held`.
    """
    track, row = _locked(version)
    holds.require_free(track, holds.held_tracks())
    if not track.versions.exclude(pk=row.pk).exists():
        sentence = "This is the only version. Delete the whole piece instead."
        raise Problem("only-version", sentence, status=409)
    _refuse_primary(track, row, "delete")
    media = closing.media_of_version(row)
    closing.look_again(media, [track.pk])
    row.delete()
    for one in media:
        remove_media(one)


def name_of(version: TrackVersion) -> str:
    """Return what people call it: v2, or v2 “Louder”."""
    return f"v{version.number}" + (f" “{version.label}”" if version.label else "")


def _locked(version: TrackVersion) -> tuple[Track, TrackVersion]:
    """Lock the track, so that two deeds on its versions take turns; return both as they are."""
    track = Track.objects.locked(version.track_id)
    row = TrackVersion.objects.select_related("media__asset").get(pk=version.pk)
    row.track = track
    return track, row


def _refuse_primary(track: Track, row: TrackVersion, action: str) -> None:
    if track.primary_version_id != row.pk:
        return
    if not track.versions.filter(hidden_at=None).exclude(pk=row.pk).exists():
        sentence = (
            f"{name_of(row)} is the only version that listeners can hear. "
            f"Make the piece private, or show another version first."
        )
        raise Problem(ONLY_SHOWN, sentence, status=409)
    sentence = (
        f"{name_of(row)} is what listeners get first. "
        f"Make another version primary, then {action} it."
    )
    raise Problem("primary-version", sentence, status=409)
