"""A cover, picture or visual that is shown no more: what is signed ends, and none stands there."""

from config.lib import kept_pages
from media_pipeline.models import Media
from moderation.models import Scope
from social.models import ArtistPicture
from tracks.models import Playlist, PlaylistItem, Release, ReleaseTrack, Track, TrackVisual
from tracks.visibility.services import closing

SCOPES = (Scope.COVER, Scope.PICTURE, Scope.VISUAL)


def show_again(row: Media | ArtistPicture | TrackVisual) -> None:
    """End the addresses of a picture, and let the pages that show it be drawn anew."""
    if isinstance(row, ArtistPicture):
        kept_pages.forget(f"person:{row.user_id}")
        return
    if isinstance(row, TrackVisual):
        Media.objects.filter(pk=row.media_id).revoke()
        closing.look_again([row.media], [row.track_id])
        return
    Media.objects.filter(pk=row.pk).revoke()
    tracks = set(Track.everything.filter(cover=row).values_list("pk", flat=True))
    tracks |= set(Track.everything.filter(versions__media=row).values_list("pk", flat=True))
    for places, name in ((ReleaseTrack, "release"), (PlaylistItem, "playlist")):
        found = places._default_manager.filter(**{f"{name}__cover": row})
        tracks |= set(found.values_list("track", flat=True))
    closing.look_again([row], tracks)
    for model in (Release, Playlist):
        for one in model.everything.filter(cover=row):
            kept_pages.forget(f"list:{one.pk}", f"person:{one.owner_id}")
