"""What giving away gives the machine to do, and what it says to the registries below."""

from functools import partial
from typing import Any

from django.db.models import Q

from config.lib import kept
from config.lib.kept import Rule
from media_pipeline.audit.registry import register_keys
from media_pipeline.backups.registry import after_restore
from media_pipeline.events.rounds import register_reader
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.schedules import register_round
from media_pipeline.models import Event
from tracks import access, events
from tracks.downloads.audiences import opens
from tracks.downloads.selectors import OF_RELEASE, known_keys, out, track_rule
from tracks.downloads.services import forgetting, preparing
from tracks.models import Given, Parcel, PreparedFile, Release, Track

SECONDS = 6 * 3600
CRASHED = "This download stopped the machine three times, so it was put aside."
SENTENCE = "Makes files ready to be given away"
HEARD = (
    *(events.TRACK_PUBLISHED, events.VERSION_MADE_PRIMARY, events.RELEASE_PUBLISHED),
    *(events.VERSION_ADDED,),
)
SWEEP = "Removes what was made ready and is given to nobody any more"
DOWNLOADS = "Who has taken what: two years, the pseudonym of whoever was not signed in for 30 days."
GRANTS = "Leave to keep something: until a year after its end."


def _follow(event: Event) -> None:
    """Prepare what was opened, should the deed have died before."""
    label, _, key = event.subject.partition(":")
    on_it = Q(pk=key) if label == "tracks.release" else Q(items__track=event.data.get("track", key))
    releases: Any = Release.objects.filter(on_it)
    for release in releases:
        preparing.prepare_if_given(release)
    for track in Track.objects.filter(pk=event.data.get("track", key)):
        preparing.prepare_if_given(track)


def _after_restore() -> None:
    """Forget what is in no backup: it is made again when somebody asks."""
    PreparedFile.objects.all().delete()
    Parcel.objects.all().delete()


def register_all() -> None:
    """Let the machine know, and say who may keep what."""
    register(
        Kind(
            preparing.KIND,
            "slow",
            preparing.prepare,
            SENTENCE,
            SECONDS,
            crashed=CRASHED,
            catches_up=True,
            needs_room=True,
        )
    )
    register_reader("downloads", _follow, "Prepares what is given away anew", kinds=HEARD)
    register_keys("downloads", preparing.FOLDER, known_keys)
    after_restore(_after_restore)
    for what in Given.values:
        access.allow_download(what, partial(track_rule, what=what))
    for what in OF_RELEASE:
        access.allow_download(what, partial(_of_release, what=what), of="release")
    for name, model, sentence, forget in (
        ("downloads", "tracks.Download", DOWNLOADS, forgetting.forget_downloads),
        ("download-grants", "tracks.DownloadGrant", GRANTS, forgetting.forget_grants),
    ):
        kept.register_rule(Rule(name, (model,), sentence, forget))
    register_round("sweep-downloads", forgetting.sweep, SWEEP, at=4)
    kept.on_farewell(forgetting.farewell, order=20)


def _of_release(user: access.User, what: str) -> Q:
    return out() & opens("download", user, what)
