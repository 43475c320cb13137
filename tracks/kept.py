"""What music there is of people, and what goes with an account."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from config.lib import kept
from config.lib.kept import Fate, Kept, Rule, forget_rows
from tracks.catalogue.services import deletion
from tracks.collections import services as collections
from tracks.models import (
    BlindTest,
    Playlist,
    PlaylistCollaborator,
    PlaylistItem,
    PlayQueue,
    Release,
    Track,
)

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
            "tracks.PlaylistItem",
            "What stands in a playlist, and who has added it",
            Fate.ANONYMISED,
            "As long as the playlist",
            section="playlists",
            words="What you have added to playlists of others stays there; your name goes.",
        ),
        Kept(
            "tracks.PlaylistCollaborator",
            "Whom you work on playlists with",
            Fate.REMOVED,
            "Until one of you ends it",
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
        tracks__ReleaseTrack="The places on a release; go with it",
        tracks__PlaylistInvitation="The link to work on a playlist; goes with it",
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
    PlaylistCollaborator.objects.filter(Q(person=person) | Q(invited_by=person)).delete()
    PlaylistItem.objects.filter(added_by=person).update(added_by=None)
    PlayQueue.objects.filter(user=person).delete()
    BlindTest.objects.filter(listener=person).update(listener=None, listener_name=SOMEBODY)
