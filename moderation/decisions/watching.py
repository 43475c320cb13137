"""Which sockets a decision would drop: of whom it closes a thing to, or whose account it closes."""

from collections.abc import Iterable
from typing import Any

from config.lib.roll_call import called
from config.lib.sockets import group_of_account
from media_pipeline.models import Media
from moderation.models.decision import Kind
from social.models import User
from tracks.collections.ordering import group_of
from tracks.models import Playlist, Release, Track, TrackVersion
from tracks.releases.services import drafts
from tracks.visibility.services import closing

MOST = 2_000  # pieces of a person whose sockets are asked; nobody listens to more at once


def sockets(kind: str, row: Any) -> int:
    """Return how many open sockets a decision that closes this thing would drop.

    What is hidden stays open to its owner, whose sockets stay too.
    """
    owner = getattr(row, "owner_id", None)
    match row:
        case User():
            tracks = Track.objects.filter(owner=row).order_by("-pk").values_list("pk", flat=True)
            keys = list(tracks[:MOST])
            groups = [group_of_account(row.pk), *_of_tracks(keys, closing.media_of(keys))]
        case Track():
            groups = _of_tracks([row.pk], closing.media_of([row.pk]))
        case TrackVersion():
            owner, media = row.track.owner_id, closing.media_of_version(row)
            is_whole = row.track.primary_version_id == row.pk
            groups = _of_tracks([row.track_id] if is_whole else [], media)
        case Playlist():
            groups = [group_of(row.pk)]
        case Release():
            groups = [drafts.group_of(row.pk)]
        case _:
            return 0
    stays = kind == Kind.HIDE
    return called(groups, but=str(owner) if owner and stays else "")


def _of_tracks(tracks: Iterable[Any], media: Iterable[Media]) -> list[str]:
    of_media = {f"asset-{one.asset_id}" for one in media}
    return [f"track-{key}" for key in tracks] + sorted(of_media)
