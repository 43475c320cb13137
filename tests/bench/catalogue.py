"""A catalogue to list: many public tracks that share one real, processed piece."""

from typing import Any

TRACKS = 200


def fill(version_id: str) -> Any:
    """Make TRACKS public tracks that play the asset of `version_id`; return that version."""
    from django.utils import timezone

    from media_pipeline.models import Media
    from tracks.models import Track, TrackVersion

    source = TrackVersion.objects.select_related("track__owner", "media__asset").get(pk=version_id)
    owner, asset = source.track.owner, source.media.asset
    for number in range(TRACKS):
        track = Track.objects.create(
            owner=owner,
            slug=f"piece-{number}",
            title=f"Piece {number}",
            visibility="public",
            published_at=timezone.now(),
        )
        version = TrackVersion.objects.create(
            track=track,
            number=1,
            media=Media.objects.create(asset=asset),
            status=TrackVersion.Status.READY,
            created_by=owner,
        )
        Track.objects.filter(pk=track.pk).update(primary_version=version)
    return source
