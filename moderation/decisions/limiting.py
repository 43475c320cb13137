"""Limiting how a thing is found: out of lists and searches, while its own address goes on."""

from typing import Any

from config.lib import kept_pages
from moderation.decisions.limited import pieces_limited_with
from social.models import User
from tracks.models import Playlist, Release, Track, TrackTag
from tracks.tags.services.counting import recount, recount_of
from tracks.visibility.services import closing

DOES = "takes {} out of lists and searches"
LISTS: tuple[Any, ...] = (Release, Playlist)


def touched(row: Any) -> dict[str, int]:
    """Return how much would no longer be found, by what it is."""
    match row:
        case User():
            lists = sum(model.objects.filter(owner=row).count() for model in LISTS)
            return {"tracks": Track.objects.filter(owner=row).count(), "lists": lists}
        case Track():
            return {"tracks": 1}
        case Release():
            return {"tracks": pieces_limited_with(row).count(), "lists": 1}
    return {"lists": 1}


def find_again(row: Any) -> None:
    """Let lists, kept pages, counts and what is found follow what is limited now."""
    match row:
        case Track():
            closing.draw_anew([row.pk])
            recount(TrackTag.objects.filter(track=row).values_list("tag", flat=True))
        case Release():
            _find_pieces_again(row)
            forget_list(row)
        case Playlist():
            forget_list(row)
        case User():
            closing.draw_anew(Track.everything.filter(owner=row).values_list("pk", flat=True))
            recount_of(row)
            keys = [key for model in LISTS for key in _keys(model, row)]
            kept_pages.forget(f"person:{row.pk}", *(f"list:{key}" for key in keys))


def _find_pieces_again(release: Release) -> None:
    tracks = list(release.items.values_list("track_id", flat=True))
    closing.draw_anew(tracks)
    tagged = TrackTag.objects.filter(track__in=tracks).order_by()
    recount(tagged.values_list("tag", flat=True).distinct())


def forget_list(row: Release | Playlist) -> None:
    """Forget the kept pages that show a release or a playlist."""
    kept_pages.forget(f"list:{row.pk}", f"person:{row.owner_id}", "latest")


def _keys(model: Any, owner: User) -> Any:
    return model.everything.filter(owner=owner).values_list("pk", flat=True)
