"""What a track's visibility gives the machine to do: publishing it at its hour."""

from typing import Any
from uuid import UUID

from config.lib import kept_pages
from media_pipeline.events.rounds import register_reader
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.jobs.services.schedules import register_round
from media_pipeline.models import Event
from tracks import events
from tracks.models import Release, Track
from tracks.visibility.services import opening, publication
from tracks.visibility.services.closing import draw_anew


def _publish(lease: Lease) -> None:
    if track := Track.objects.filter(pk=lease.job.subject_id).first():
        publication.settle(track=track)


def _bring_out(lease: Lease) -> None:
    release: Any = Release.objects.filter(pk=lease.job.subject_id).first()
    if release:
        opening.settle(release=release)


def _forget(event: Event) -> None:
    """Forget the kept pages of what an event is about, should its deed have died before."""
    label, _, key = event.subject.partition(":")
    if label in {"tracks.release", "tracks.playlist"}:
        kept_pages.forget(f"list:{key}", *(f"person:{owner}" for owner in event.data.values()))
    else:
        draw_anew([UUID(event.data.get("track", key))])


def register_all() -> None:
    """Let the machine know. What it misses, `settle-versions` finds within a minute."""
    kinds = [value for name, value in vars(events).items() if name.isupper()]
    register_reader("pages", _forget, "Forgets kept pages of what has changed", kinds=kinds)
    sentence = "Publishes a track at its hour"
    register(Kind(publication.AT_ITS_HOUR, "general", _publish, sentence, seconds=60))
    sentence = "Brings out a release and its pieces at their hour"
    register(Kind(opening.AT_ITS_HOUR, "general", _bring_out, sentence, seconds=120))
    sentence = "Brings out releases whose hour was missed"
    register_round("settle-releases", opening.settle_due, sentence, every=60)
