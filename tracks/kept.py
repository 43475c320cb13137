"""What music there is of people, and what goes with an account."""

from datetime import datetime, timedelta
from typing import Any

from config.lib import kept
from config.lib.kept import Fate, Kept, Rule, forget_rows
from tracks.catalogue.services import deletion
from tracks.collections import services as collections
from tracks.models import BlindTest, Playlist, PlayQueue, Release, Track

SOMEBODY = "somebody"
UNFINISHED_KEPT = timedelta(days=30)
WITH_PIECE = "Until you delete the piece"


def register_all() -> None:
    """Say what is kept, for how long, and what happens when somebody leaves."""
    kept.register(
        Kept(
            "tracks.Track",
            "Your pieces: their titles, your words on them, who may open them",
            Fate.REMOVED,
            WITH_PIECE,
            section="tracks",
        ),
        Kept(
            "tracks.TrackVersion",
            "Each version of a piece, and what you said had changed",
            Fate.REMOVED,
            WITH_PIECE,
            section="versions",
        ),
        Kept("tracks.Stem", "The parts of a version", Fate.REMOVED, WITH_PIECE, section="versions"),
        Kept(
            "tracks.TrackVisual",
            "The picture or film of a piece",
            Fate.REMOVED,
            WITH_PIECE,
            section="tracks",
        ),
        Kept(
            "tracks.Release",
            "Your albums, EPs and singles",
            Fate.REMOVED,
            "Until you delete them",
            section="releases",
        ),
        Kept(
            "tracks.Playlist",
            "Your playlists",
            Fate.REMOVED,
            "Until you delete them",
            section="playlists",
        ),
        Kept(
            "tracks.PlayQueue",
            "What plays next, so that you can go on with it elsewhere",
            Fate.REMOVED,
            "Until you clear it",
            section="queue",
        ),
        Kept(
            "tracks.BlindTest",
            "Answers of a blind test, and who gave them",
            Fate.ANONYMISED,
            "As long as the piece; 30 days where it was not finished",
            section="blind_tests",
            words="The figures belong to the artist who asked; the name goes.",
        ),
        Kept(
            "tracks.ListedListener",
            "Your list of listeners, and whose lists you are on",
            Fate.REMOVED,
            "Until you take somebody off",
            section="listeners",
        ),
        Kept(
            "tracks.DownloadGrant",
            "Whom you let keep your music, and what others let you keep",
            Fate.REMOVED,
            "Until a year after it ended",
            section="download_grants",
        ),
        Kept(
            "tracks.Download",
            "What you have downloaded, and who has downloaded what is yours",
            Fate.ANONYMISED,
            "Two years; the pseudonym of whoever was not signed in 30 days",
            section="downloads",
            words="The artist still sees that it was taken, and no longer by whom.",
        ),
    )
    kept.impersonal(
        tracks__PreparedFile="Copies of files with words and covers in them; a day after their use",
        tracks__Parcel="How a zip is put together; a day after its use",
        tracks__VersionAlignment="Where each moment of a version is in another; goes with them",
        tracks__ReleaseTrack="The places on a release; go with it",
        tracks__PlaylistItem="The places on a playlist; go with it",
    )
    kept.register_rule(
        Rule(
            "unfinished-blind-tests",
            ("tracks.BlindTest",),
            "Blind tests that nobody finished are forgotten after 30 days.",
            forget_unfinished,
        )
    )
    kept.on_farewell(remove_music, order=30)


def forget_unfinished(now: datetime, most: int) -> int:
    """Forget blind tests that were begun and left."""
    begun = BlindTest.objects.filter(finished_at=None, created_at__lt=now - UNFINISHED_KEPT)
    return forget_rows(begun, most)


def remove_music(person: Any) -> None:
    """Delete a person's pieces, lists and queue; their answers elsewhere lose the name."""
    for track in Track.objects.filter(owner=person).order_by("pk"):
        deletion.delete(track=track, by=person)
    models: list[Any] = [Release, Playlist]
    for model in models:
        for row in model.objects.filter(owner=person).order_by("pk"):
            collections.delete(collection=row)
    PlayQueue.objects.filter(user=person).delete()
    BlindTest.objects.filter(listener=person).update(listener=None, listener_name=SOMEBODY)
