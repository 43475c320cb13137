"""What the tests of giving away share: an artist with pieces, and visitors who fetch."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

from media_pipeline.jobs.services.running import run_next
from social.models import User
from tests.factories.social import UserFactory
from tests.factories.tracks import ReleaseFactory, TrackFactory
from tests.media import processed
from tests.music import tone
from tracks.models import Release, ReleaseTrack, Track


@dataclass
class Shelf:
    """One artist's music; the same tone is processed once and kept."""

    folder: Path
    owner: User = field(default_factory=lambda: UserFactory.create(display_name="Ada"))

    def track(
        self, name: str = "piece.flac", *, extras: bool = False, seconds: float = 2, **fields: Any
    ) -> Track:
        """Return a public track of a tone in the format of this name."""
        kinds = ["process", "extras"] if extras else ["process"]
        asset = processed(tone(self.folder / name, seconds=seconds), kinds)
        public = {"visibility": "public", "published_at": timezone.now(), "owner": self.owner}
        track: Track = TrackFactory.create(version=asset, **(public | fields))
        track.versions.update(status="ready")
        return track

    def release(self, *tracks: Track, **fields: Any) -> Release:
        """Return a public release of these, open to everybody."""
        words = {"owner": self.owner, "download": "everybody"} | fields
        release: Release = ReleaseFactory.create(**words)
        for position, track in enumerate(tracks, start=1):
            ReleaseTrack.objects.create(release=release, track=track, position=position)
        return release


def prepare() -> None:
    """Do what waits for the slow worker, whenever it is due."""
    from media_pipeline.models import Job

    Job.objects.filter(state="pending").update(run_after=timezone.now())
    while run_next(("slow",)):
        pass


def fetch(client: Client, address: str, **headers: str) -> Any:
    """Ask for a download, follow to its signed address, and return that answer."""
    asked = client.get(address, headers=headers)
    assert asked.status_code == 302, (asked.status_code, asked.content[:300])
    return client.get(asked.headers["Location"], headers=headers)


def body(response: Any) -> bytes:
    """Return the bytes of an answer, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content
