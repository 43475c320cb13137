"""Signing a track off. Every act is a row; where the track stands follows from the rows."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from config.lib import kept_pages, live
from config.lib.limits import spend
from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from social.events import APPROVER_ASKED, SIGN_OFF_SAID
from social.models import Approver, SignOff, Stage, User
from social.ownership import cut_off, must_own
from social.signoff.selectors import Board, board
from tracks.models import Track

APPROVERS_MOST = 20
Kind = SignOff.Act
NO = {"status": 403}


@dataclass(frozen=True)
class Seen:
    """What the person had before them when they pressed: an act on anything else is refused."""

    stage: str
    version: UUID | None


@transaction.atomic
def sign(*, track: Track, by: User, seen: Seen) -> SignOff:
    """Sign the shown version at its stage; the last missing signature moves the track on.

    Raises the Problems `not-an-approver`, `seen-before`, `already-said`, `too-many`.
    """
    now = _open(track, by, seen)
    _must_be_approver(now, by)
    if by.pk in now.state.signed:
        raise Problem("already-said", "You have signed this version already.", status=409)
    act = _write(now, Kind.SIGNED, by)
    _tell(act, by)
    _settle(track, by)
    return act


@transaction.atomic
def decline(*, track: Track, by: User, seen: Seen, note: str) -> SignOff:
    """Ask for changes, saying which; the owner hears of it. Raises also `note-missing`."""
    now = _open(track, by, seen)
    _must_be_approver(now, by)
    if not note.strip():
        raise Problem("note-missing", "Say what should change.", field="note")
    act = _write(now, Kind.DECLINED, by, note=note)
    _tell(act, by)
    return act


def _tell(act: SignOff, by: User) -> None:
    tell(SIGN_OFF_SAID, of=act, by=by.pk, audience=OWNER, track=act.track_id)


@transaction.atomic
def withdraw(*, track: Track, by: User, seen: Seen) -> SignOff:
    """Take one's word on the shown version back. Raises also `nothing-said`."""
    now = _open(track, by, seen)
    _must_be_approver(now, by)
    if by.pk not in now.state.signed | now.state.declined:
        raise Problem("nothing-said", "You have said nothing about this version yet.", status=409)
    return _write(now, Kind.WITHDRAWN, by)


@transaction.atomic
def advance(*, track: Track, by: User, seen: Seen) -> SignOff:
    """Move on a track that has no approvers. Raises also `not-the-owner`, `approvers-first`."""
    now = _open(track, by, seen)
    must_own(track, by)
    if now.approvers:
        sentence = "The people you have named sign it. Let them go first if you decide alone."
        raise Problem("approvers-first", sentence, status=409)
    return _write(now, Kind.ADVANCED, by)


@transaction.atomic
def send_back(*, track: Track, by: User, seen: Seen, stage: str, note: str = "") -> SignOff:
    """Return the track to an earlier stage. Raises also `not-the-owner`, `not-earlier`."""
    now = _open(track, by, seen, final=True)
    must_own(track, by)
    if stage not in now.state.earlier():
        raise Problem("not-earlier", "Choose a stage before this one.", field="to")
    act = _write(now, Kind.RETURNED, by, stage=stage, note=note)
    _ask(track, by, [person.pk for person in now.approvers])
    return act


@transaction.atomic
def name_approver(*, track: Track, by: User, user: User) -> Approver:
    """Ask somebody to sign; they may open the track from now on, and hear of it.

    Raises the Problems `not-the-owner`, `too-many-approvers`. Naming twice changes nothing.
    """
    must_own(track, by)
    Track.objects.locked(track.pk)
    if Approver.objects.filter(track=track).count() >= APPROVERS_MOST:
        sentence = f"A piece has at most {APPROVERS_MOST} approvers."
        raise Problem("too-many-approvers", sentence, status=409)
    row, is_new = Approver.objects.get_or_create(track=track, user=user, defaults={"named_by": by})
    if is_new:
        kept_pages.forget(f"track:{track.pk}")
        _announce(track)
        _ask(track, by, [user.pk])
    return row


@transaction.atomic
def dismiss_approver(*, track: Track, by: User, user: User) -> None:
    """Wait for this person no longer; what the others have signed may move the track on.

    Raises the Problem `not-the-owner`.
    """
    must_own(track, by)
    Track.objects.locked(track.pk)
    gone, _ = Approver.objects.filter(track=track, user=user).delete()
    if gone:
        kept_pages.forget(f"track:{track.pk}")
        _announce(track)
        cut_off(track)
        _settle(track, by)


@transaction.atomic
def ask_again(*, track: Track, by: User) -> None:
    """Tell the approvers that another version is shown, which nobody has signed yet."""
    now = board(track)
    if not now.state.is_approved:
        _ask(track, by, list(now.state.waits_for))


def _open(track: Track, by: User, seen: Seen, *, final: bool = False) -> Board:
    """Lock the track; return where it stands, if that is what the person saw."""
    spend("sign-off", by.pk)
    row = Track.objects.locked(track.pk)
    now = board(row)
    if (now.state.stage, row.primary_version_id) != (seen.stage, seen.version):
        sentence = "It has moved on since you looked. Here is how it stands now."
        raise Problem("seen-before", sentence, status=409)
    if row.primary_version_id is None or (now.state.is_approved and not final):
        raise Problem("nothing-to-sign", "There is nothing to sign here.", status=409)
    return now


def _must_be_approver(now: Board, by: User) -> None:
    if not now.names(by):
        raise Problem("not-an-approver", "Only the people named sign this piece off.", **NO)


def _settle(track: Track, by: User) -> None:
    """Move the track on if everybody asked has signed; the row names who made it so."""
    now = board(track)
    if now.state.is_passed:
        _write(now, Kind.ADVANCED, by)


def _announce(track: Track) -> None:
    """Tell every page that shows where the track stands, once this is committed."""
    transaction.on_commit(lambda: live.announce(f"notes-{track.pk}", "signoff.changed"))


def _write(now: Board, act: str, by: User, *, stage: str = "", note: str = "") -> SignOff:
    _announce(now.track)
    return SignOff.objects.create(
        track=now.track,
        version_id=now.track.primary_version_id,
        act=act,
        stage=Stage(stage or now.state.stage),
        by=by,
        note=note.strip(),
    )


def _ask(track: Track, by: User, people: list[UUID]) -> None:
    for person in people:
        tell(APPROVER_ASKED, of=track, by=by.pk, audience=OWNER, user=person)
