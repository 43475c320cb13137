"""What an action on notes needs before anything is written: it is refused unless it is allowed.

An action takes whoever does it as the viewer they are, so that it sees what they see: with the key
they came by. A person alone has the rights of their account, a guest those of their link.
"""

from django.contrib.auth.models import AnonymousUser

from config.lib.problems import Problem
from social.models import Note, ReviewGuest, User
from social.notes.rights import Rights, rights_on
from social.viewers import UNLOCKED, Viewer
from tracks.models import TrackVersion

Author = User | ReviewGuest
Doer = Viewer | User | ReviewGuest
NO = {"status": 403}


def viewer_for(doer: Doer) -> Viewer:
    """Return the viewer that somebody is."""
    if isinstance(doer, User):
        return Viewer(doer)
    if isinstance(doer, ReviewGuest):
        link = doer.link
        proven = {UNLOCKED: [str(link.pk)]}
        return Viewer(AnonymousUser(), doer, key=link.token, session=proven, link=link)
    return doer


def author_of(viewer: Viewer) -> Author:
    """Return as whom they write. Raises Problem `no-name` for whoever has no name here."""
    if viewer.author is None:
        raise Problem("no-name", "Sign in, or say your name, to write here.", **NO)
    return viewer.author


def to_write(version: TrackVersion, viewer: Viewer) -> Rights:
    """Return the rights of whoever may write on a version that they may hear.

    Raises Problem: `no-name`, `may-not-write`, `not-found`.
    """
    author_of(viewer)
    rights = rights_on(version.track, viewer)
    if not rights.may_write:
        raise Problem("may-not-write", "The artist has not opened this piece to your notes.", **NO)
    if not TrackVersion.objects.opened_by(*viewer.opens).filter(pk=version.pk).exists():
        raise Problem("not-found", "There is no such version.", status=404)
    return rights


def to_read(note: Note, viewer: Viewer) -> Rights:
    """Return the rights of whoever may read this note. Raises Problem `not-found`."""
    if not Note.objects.readable_by(viewer).filter(pk=note.pk).exists():
        raise Problem("not-found", "There is no such note.", status=404)
    return rights_on(note.track, viewer)


def to_be_given(note: Note, person: User) -> None:
    """Refuse to give a note to whoever does not review the piece or may not read the note.

    Raises Problem: `not-a-reviewer`, `hidden-version`.
    """
    if not rights_on(note.track, Viewer(person)).reads_all:
        raise Problem("not-a-reviewer", "Invite them to review this piece first.")
    if not Note.objects.meant_for(person).filter(pk=note.pk).exists():
        sentence = "Only you read the notes of a hidden version. Show the version first."
        raise Problem("hidden-version", sentence, status=409)
