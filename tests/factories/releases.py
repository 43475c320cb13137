"""Releases as their tests want them: with pieces whose files say something of themselves."""

from typing import Any

from media_pipeline.models import AudioFacts
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, ReleaseFactory
from tracks.models import Release, ReleaseTrack, Track
from tracks.releases.services import drafts


def filled(count: int = 3, *, private: bool = False, **words: Any) -> tuple[Release, list[Track]]:
    """Return a release with so many pieces of its owner's."""
    release: Any = ReleaseFactory(**words)
    factory: Any = ReadyTrackFactory if private else PublicTrackFactory
    tracks = [factory(owner=release.owner, title=f"No. {n}") for n in range(count)]
    for position, track in enumerate(tracks, start=1):
        ReleaseTrack.objects.create(release=release, track=track, position=position)
    return release, tracks


def on_draft(release: Release, path: str, *, title: str = "", **tags: str) -> Track:
    """Put a piece on a draft whose file lay at `path` and has these tags; nothing is settled."""
    track: Any = ReadyTrackFactory(owner=release.owner, title=title or path)
    AudioFacts.objects.filter(asset=track.primary_version.media.asset).update(tags=tags)
    drafts.add(release=release, track=track, path=path)
    return track


def order_of(release: Release) -> list[tuple[int, str]]:
    """Return the disc and the title of each place, in order."""
    places = release.items.select_related("track").order_by("position")
    return [(item.disc, item.track.title) for item in places]
