"""What music there is of people, and what goes with an account."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from config.lib import kept, kept_pages
from config.lib.kept import Fate, Kept, Rule, forget_rows
from tracks.catalogue.services import deletion
from tracks.credits.services.departing import leave_names
from tracks.credits.services.names import forget_unused
from tracks.deleted import services as deleted
from tracks.models import (
    BlindTest,
    Label,
    Playlist,
    PlaylistCollaborator,
    PlaylistItem,
    PlayQueue,
    Release,
    Track,
)

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
            "tracks.Label",
            "Your labels: their names, and what you say of them",
            Fate.REMOVED,
            "Until you delete them",
            section="labels",
        ),
        Kept(
            "tracks.Playlist",
            "Your playlists",
            Fate.REMOVED,
            WITH_LIST,
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
    kept.register(
        Kept(
            "tracks.Name",
            "Artists’ names on music, who wrote each first, and whose account it leads to",
            Fate.ANONYMISED,
            "As long as a credit has it; 30 days longer",
            section="names",
            words="The name stays where it is credited, and leads to no account.",
        ),
        Kept(
            "tracks.NameClaim",
            "That you said a name is yours, and what was decided",
            Fate.REMOVED,
            "As long as the account",
            section="names",
        ),
    )
    kept.impersonal(
        tracks__Credit="Who made a piece, as its owner says; goes with the piece",
        tracks__Tag="Words for music",
        tracks__TrackTag="The tags of a piece; go with it",
        tracks__PreparedFile="Copies of files with words and covers in them; a day after their use",
        tracks__Parcel="How a zip is put together; a day after its use",
        tracks__VersionAlignment="Where each moment of a version is in another; goes with them",
        tracks__FormerSlug="Addresses that a piece, release or playlist once had; go with it",
        tracks__ReleaseTrack="The places on a release; go with it",
        tracks__Document="Words by which public things are found; go with them",
        tracks__ChangedThing="Which of these words are to be gathered anew; until that is done",
        tracks__KnownWord="Words of public titles and names, for who mistypes them; until a night"
        " after the last thing that has them is gone",
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
    kept.register_rule(
        Rule(
            "deleted-music",
            ("tracks.Track", "tracks.Release", "tracks.Playlist"),
            "Deleted pieces, releases and playlists go for good after 30 days.",
            deleted.forget_old,
        )
    )
    kept.register_rule(
        Rule(
            "unused-names",
            ("tracks.Name",),
            "Artists’ names that nothing is credited to any more are forgotten after 30 days.",
            forget_unused,
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
    labels = Label.objects.filter(owner=person)
    kept_pages.forget(*(f"label:{key}" for key in labels.values_list("pk", flat=True)))
    labels.delete()
    PlaylistCollaborator.objects.filter(Q(person=person) | Q(invited_by=person)).delete()
    PlaylistItem.objects.filter(added_by=person).update(added_by=None)
    PlayQueue.objects.filter(user=person).delete()
    leave_names(person=person)
    BlindTest.objects.filter(listener=person).update(listener=None, listener_name=SOMEBODY)
