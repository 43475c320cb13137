"""What music there is of people, and what goes with an account."""

from datetime import datetime, timedelta
from typing import Any

from config.lib import kept
from config.lib.kept import Fate, Kept, Rule, forget_rows
from tracks.catalogue.services import deletion
from tracks.deleted import services as deleted
from tracks.models import BlindTest, Playlist, PlayQueue, Release, Track

SOMEBODY = "somebody"
UNFINISHED_KEPT = timedelta(days=30)
WITH_PIECE = "Until 30 days after you delete the piece"
WITH_LIST = "Until 30 days after you delete them"


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
        Kept(
            "tracks.Revision",
            "What you said of a piece before, so that you can undo it",
            Fate.REMOVED,
            WITH_PIECE,
            section="revisions",
        ),
        Kept("tracks.Lyrics", "The lyrics of a piece", Fate.REMOVED, WITH_PIECE, section="tracks"),
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
            WITH_LIST,
            section="releases",
        ),
        Kept(
            "tracks.Playlist",
            "Your playlists",
            Fate.REMOVED,
            WITH_LIST,
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
    )
    kept.impersonal(
        tracks__VersionAlignment="Where each moment of a version is in another; goes with them",
        tracks__FormerSlug="Addresses that a piece, release or playlist once had; go with it",
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
    kept.register_rule(
        Rule(
            "deleted-music",
            ("tracks.Track", "tracks.Release", "tracks.Playlist"),
            "Deleted pieces, releases and playlists go for good after 30 days.",
            deleted.forget_old,
        )
    )
    kept.on_farewell(remove_music, order=30)


def forget_unfinished(now: datetime, most: int) -> int:
    """Forget blind tests that were begun and left."""
    begun = BlindTest.objects.filter(finished_at=None, created_at__lt=now - UNFINISHED_KEPT)
    return forget_rows(begun, most)


def remove_music(person: Any) -> None:
    """Remove a person's music, lists and queue, the deleted too; their answers lose the name."""
    for track in Track.everything.filter(owner=person).order_by("pk"):
        deletion.remove(track=track, by=person)
    models: list[Any] = [Release, Playlist]
    for model in models:
        for row in model.everything.filter(owner=person).order_by("pk"):
            deleted.take_away(thing=row, by=person)
    PlayQueue.objects.filter(user=person).delete()
    BlindTest.objects.filter(listener=person).update(listener=None, listener_name=SOMEBODY)
