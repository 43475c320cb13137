"""Taking back what was handed out: after this, only whoever may open a thing hears it.

Every act that closes something comes here, so that none forgets a part of it. What is signed and
how it belongs to a track stands in `WAYS`; a contract test finds what is missing there.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q

from config.lib import kept_pages, live
from media_pipeline.models import Media
from tracks import access
from tracks.models import PlaylistItem, Release, ReleaseTrack, Track, TrackVersion

# From a media to the track, and to the one version, that it is of: by its name on Media. Hidden X
# of a blind test and the test's key are signed by the epochs of the versions and end with them.
WAYS: dict[str, tuple[str, str | None]] = {
    "version": ("version__track", "version"),
    "stem": ("stem__version__track", "stem__version"),
    "visual": ("visual__track", None),
    "track_cover": ("track_cover", None),
    "release_cover": ("release_cover__items__track", None),
    "playlist_cover": ("playlist_cover__items__track", None),
}


def media_of(tracks: Iterable[UUID]) -> list[Media]:
    """Return every media that shows these tracks (ids), covers of lists they stand in included."""
    return _media([to_track for to_track, _ in WAYS.values()], tracks)


def own_media_of(tracks: Iterable[UUID]) -> list[Media]:
    """Return every media that goes with these tracks (ids): of versions, stems, pictures, films."""
    return _media(
        [to_track for to_track, _ in WAYS.values() if "__items__" not in to_track], tracks
    )


def media_of_version(version: TrackVersion) -> list[Media]:
    """Return every media of one version: its own and that of its stems."""
    return _media([way for _, way in WAYS.values() if way], [version.pk])


@transaction.atomic
def end_signatures(track: Track) -> None:
    """End every signed address of a track, and look at its sockets again.

    Players of those who may still open it ask for new addresses and go on without a gap.
    """
    end_signatures_of_all([track.pk])


@transaction.atomic
def end_signatures_of_all(tracks: Iterable[UUID]) -> None:
    """End every signed address of these tracks (ids), as of one, in few queries."""
    keys = list(tracks)
    _end(media_of(keys), keys)


@transaction.atomic
def end_signatures_of_version(version: TrackVersion) -> None:
    """End every signed address of one version and of its stems."""
    _end(media_of_version(version), [version.track_id])
    version.media.refresh_from_db(fields=["epoch"])


@transaction.atomic
def end_signatures_of_release(release: Release) -> None:
    """End every signed address of the tracks on a release, which are all its owner's own.

    A playlist needs no such thing: it has nothing of its own, and opens nobody's track.
    """
    tracks = list(release.items.values_list("track_id", flat=True))
    _end(media_of(tracks), tracks)


@access.touched_by_denial
@transaction.atomic
def end_signatures_of_person(person: access.Person) -> None:
    """End every signed address of a person's tracks, and of what only some may open, they too."""
    only_some = access.visible(person) & ~access.visible(AnonymousUser())
    found = Track.everything.filter(Q(owner_id=person.pk) | only_some)
    tracks = list(found.values_list("pk", flat=True).distinct())
    _end(media_of(tracks), tracks)
    kept_pages.forget(f"person:{person.pk}")


def draw_anew(tracks: Iterable[UUID]) -> None:
    """Forget, on commit, the kept pages of these tracks, and of the lists they are or may be on."""
    keys = list(tracks)
    owners = Track.everything.filter(pk__in=keys).values_list("owner_id", flat=True)
    lists = [
        *ReleaseTrack.objects.filter(track__in=keys).values_list("release_id", flat=True),
        *PlaylistItem.objects.filter(track__in=keys).values_list("playlist_id", flat=True),
    ]
    things = [f"track:{key}" for key in keys] + [f"list:{key}" for key in lists]
    things += [f"person:{key}" for key in owners.distinct()]
    kept_pages.forget("latest", *things)


def look_again(media: Iterable[Media], tracks: Iterable[UUID]) -> None:
    """Let pages be drawn anew, and every socket on these ask, on commit, whether it may stay."""
    groups = {f"asset-{one.asset_id}": "asset.changed" for one in media}
    groups |= {f"track-{pk}": "track.changed" for pk in tracks}

    def tell() -> None:
        for group, event in groups.items():
            live.announce(group, event)

    draw_anew(tracks)
    transaction.on_commit(tell)


def _end(media: list[Media], tracks: Iterable[UUID]) -> None:
    Media.objects.filter(pk__in=[one.pk for one in media]).revoke()
    look_again(media, tracks)


def _media(ways: Iterable[str], ids: Iterable[Any]) -> list[Media]:
    """Return what each way leads to: a query each, for which there is an index."""
    wanted = list(ids)
    found = [one for way in ways for one in Media.objects.filter(**{f"{way}__in": wanted})]
    return list({one.pk: one for one in found}.values())  # a release's cover comes by each track
