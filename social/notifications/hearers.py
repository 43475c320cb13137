"""What somebody hears of the files they have sent, and of playlists they work on with others."""

from collections.abc import Callable

from django.urls import reverse

from media_pipeline.events.kinds import BYTES_DIFFER
from media_pipeline.models import Asset, Event
from social.models import Notification
from social.notifications.registry import Notice, author_of, register, row_of
from tracks.events import PLAYLIST_INVITED, PLAYLIST_JOINED
from tracks.models import Playlist, PlaylistCollaborator, Track


def _differs(event: Event) -> Notice | None:
    asset: Asset | None = row_of(event, Asset)
    track = Track.objects.filter(versions__media__asset=asset).first() if asset else None
    return Notice([asset.owner_id], track=track) if asset and track else None


def _invited(event: Event) -> Notice | None:
    playlist: Playlist | None = row_of(event, Playlist)
    waiting = PlaylistCollaborator.objects.filter(person=event.data["person"], accepted_at=None)
    if playlist is None or not waiting.filter(playlist=playlist).exists():
        return None
    return Notice([event.data["person"]], author_of(event))


def _joined(event: Event) -> Notice | None:
    playlist: Playlist | None = row_of(event, Playlist)
    return Notice([playlist.owner_id], author_of(event)) if playlist else None


def _playlist(page: str) -> Callable[[Notification], str]:
    def leads_to(row: Notification) -> str:
        found = Playlist.objects.filter(pk=row.subject.partition(":")[2]).first()
        return reverse(page, args=[found.slug]) if isinstance(found, Playlist) else ""

    return leads_to


def register_all() -> None:
    """Say what people are told."""
    invited, joined = "invited you to work on a playlist", "works on your playlist from now on"
    to_join, to_people = _playlist("playlist-together"), _playlist("playlist-people")
    register("together", invited, on=PLAYLIST_INVITED, whom=_invited, leads_to=to_join)
    register("joined", joined, on=PLAYLIST_JOINED, whom=_joined, leads_to=to_people)
    register(
        "differs",
        "received other bytes for your piece than were announced. Listen to it, and send the file "
        "again if it is damaged",
        on=BYTES_DIFFER,
        whom=_differs,
    )
