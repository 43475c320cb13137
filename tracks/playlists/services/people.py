"""Who works on a playlist beside its owner: asked by name or by link, and while they like."""

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from tracks import access
from tracks.access import Person
from tracks.collections.ordering import changed, locked
from tracks.events import PLAYLIST_INVITED, PLAYLIST_JOINED
from tracks.models import Playlist, PlaylistCollaborator, PlaylistInvitation

PEOPLE_MOST = 50


@transaction.atomic
def invite(*, playlist: Playlist, person: Person, by: Person) -> PlaylistCollaborator:
    """Ask somebody to work on it; they may once they accept. Asking twice changes nothing.

    Raises Problem: `may-not`, `owner-already`, `smart`, `too-many-people`.
    """
    row = _own(playlist, by)
    if person.pk == row.owner_id:
        raise Problem("owner-already", "It is your own playlist.")
    made, is_new = _asked(row, person, by)
    if is_new:
        tell(PLAYLIST_INVITED, of=row, by=by.pk, audience=OWNER, person=person.pk)
    return made


@transaction.atomic
def accept(*, playlist: Playlist, person: Person) -> None:
    """Work on it from now on. Raises Problem: `not-invited`."""
    row = locked(playlist)
    waiting = row.collaborators.filter(person=person)
    if waiting.filter(accepted_at=None).update(accepted_at=Now()):
        tell(PLAYLIST_JOINED, of=row, by=person.pk, audience=OWNER, person=person.pk)
        changed(row)
    elif not waiting.exists():
        raise Problem("not-invited", "The invitation was taken back.", status=403)


@transaction.atomic
def join(*, token: str, person: Person) -> Playlist:
    """Work on the playlist that an invitation link leads to.

    Raises Problem: `link-ended`, `owner-already`, `smart`, `too-many-people`.
    """
    found = by_link(token, person)
    if found is None:
        raise Problem("link-ended", "This link does not open a playlist any more.", status=404)
    row = locked(found)
    if not PlaylistInvitation.objects.filter(playlist=row, token=token).exists():
        raise Problem("link-ended", "This link does not open a playlist any more.", status=404)
    if person.pk == row.owner_id:
        raise Problem("owner-already", "It is your own playlist.")
    _asked(row, person, row.owner)
    accept(playlist=row, person=person)
    joined: Playlist = row
    return joined


@transaction.atomic
def end(*, playlist: Playlist, person: Person, by: Person) -> None:
    """Let somebody work on it no longer: they leave, or its owner lets them go.

    What they have added stays. Raises Problem: `may-not`.
    """
    row = locked(playlist)
    if by.pk not in {row.owner_id, person.pk}:
        raise Problem("may-not", "Only its owner lets others go.", status=403)
    if row.collaborators.filter(person=person).delete()[0]:
        changed(row)


@transaction.atomic
def make_link(*, playlist: Playlist, by: Person) -> PlaylistInvitation:
    """Make a link by which one joins; an earlier one ends. Raises Problem: `may-not`, `smart`."""
    row = _own(playlist, by)
    PlaylistInvitation.objects.filter(playlist=row).delete()
    return PlaylistInvitation.objects.create(playlist=row)


@transaction.atomic
def end_link(*, playlist: Playlist, by: Person) -> None:
    """Let the link open nothing any more; who came by it stays. Raises Problem: `may-not`."""
    PlaylistInvitation.objects.filter(playlist=_own(playlist, by)).delete()


@transaction.atomic
def let_take_out(*, playlist: Playlist, everything: bool, by: Person) -> None:
    """Say whether the others take out what they did not add, too. Raises Problem: `may-not`."""
    row = _own(playlist, by)
    row.all_take_out = everything
    row.save(update_fields=["all_take_out"])
    changed(row)


def by_link(token: str, person: Any) -> Playlist | None:
    """Return the playlist this link invites to; None where there is none, or it is closed."""
    if not access.KEY.fullmatch(token):
        return None
    rows: Any = Playlist.objects.filter(access.undenied(person), invitation__token=token)
    found: Playlist | None = rows.select_related("owner").first()
    return found


def _own(playlist: Playlist, by: Person) -> Any:
    row = locked(playlist)
    if row.owner_id != by.pk:
        raise Problem("may-not", "Only its owner says who works on it.", status=403)
    if row.is_smart:
        raise Problem("smart", "Rules say what stands in it: there is nothing to work on together.")
    return row


def _asked(row: Any, person: Person, by: Person) -> tuple[PlaylistCollaborator, bool]:
    if found := row.collaborators.filter(person=person).first():
        return found, False
    if row.collaborators.count() >= PEOPLE_MOST:
        sentence = f"At most {PEOPLE_MOST} people work on a playlist together."
        raise Problem("too-many-people", sentence, status=409)
    return row.collaborators.create(person=person, invited_by=by), True
