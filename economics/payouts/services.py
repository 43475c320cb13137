"""An artist asks for what is owed to them; finance sends it."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from config.lib.problems import Problem
from economics import events, money, outgoing
from economics.days import day_of
from economics.models import ArtistPayout, LedgerAccount, Outgoing, PayLink
from economics.payouts import selectors
from economics.payouts.registry import stop_of
from economics.unallocated.services import set_aside
from media_pipeline.events.services import OWNER, tell
from media_pipeline.locks import lock
from social.models import User

Kind = LedgerAccount.Kind


@transaction.atomic
def ask(*, by: User, amount: int, link: PayLink | None, key: str) -> ArtistPayout:
    """Ask for an amount, to be sent where `link` says; the same `key` again is the same request.

    Raises Problem `payout-stopped`, `pay-link-missing`, `payout-too-small`, `payout-waiting`,
    `more-than-owed`.
    """
    lock(f"payouts:{by.pk}")
    if found := ArtistPayout.objects.filter(key=key, artist=by).first():
        return cast(ArtistPayout, found)
    if stop := stop_of(by.pk):
        raise Problem("payout-stopped", stop.sentence, status=403)
    if link is None or link.artist_id != by.pk:
        raise Problem("pay-link-missing", "Say first how you are paid.", field="link")
    if amount < selectors.minimum():
        sentence = f"The least that is sent at once is {money.told(selectors.minimum())}."
        raise Problem("payout-too-small", sentence, field="amount")
    if ArtistPayout.objects.filter(artist=by).waiting().exists():
        sentence = "What you asked for before is not sent yet. Take it back to ask for more."
        raise Problem("payout-waiting", sentence, status=409)
    where = f"{link.get_kind_display()}: {link.where}"
    row = ArtistPayout(artist=by, amount=amount, key=key, destination=where, by=by)
    made = cast(ArtistPayout, outgoing.prepare(row))
    _tell(events.PAYOUT_ASKED, made, by)
    return made


@transaction.atomic
def withdraw(pk: UUID, *, by: User) -> ArtistPayout:
    """Take back what one has asked for. Raises Problem `not-prepared`."""
    row = cast(ArtistPayout, outgoing.locked(ArtistPayout, pk))
    if row.artist_id != by.pk:
        raise Problem("not-yours", "Only who asked for it takes it back.", status=403)
    outgoing.end(row, status=Outgoing.Status.WITHDRAWN, note="", by=by)
    return row


@transaction.atomic
def send(pk: UUID, *, reference: str, sent_on: date, by: User) -> ArtistPayout:
    """Write down that it has left. While a decision stops it, only what left before that day.

    Nobody sends their own, where somebody else of finance is. Raises Problem `payout-stopped`, and
    as `outgoing.send` and `outgoing.require_other`.
    """
    outgoing.require_finance(by)
    row = cast(ArtistPayout, outgoing.locked(ArtistPayout, pk))
    outgoing.require_other(by, row, row.artist_id)
    stop = stop_of(row.artist_id)
    if stop and row.is_waiting and sent_on >= day_of(stop.since):
        sentence = "A decision of the moderators stops what is sent to this account."
        raise Problem("payout-stopped", sentence, status=409)
    if outgoing.send(row, reference=reference, sent_on=sent_on, by=by):
        _tell(events.PAYOUT_SENT, row, by)
        if row.artist.is_gone:
            _forget_where(row.artist)
    return row


@transaction.atomic
def fail(pk: UUID, *, note: str, by: User) -> ArtistPayout:
    """Write down that it did not arrive: it is owed again, or nobody's where its artist has left.

    Raises Problem `note-missing`, `not-prepared`, `not-finance`, and as `outgoing.require_other`.
    """
    outgoing.require_finance(by)
    if not note.strip():
        raise Problem("note-missing", "Say why it did not arrive.", field="note")
    row = cast(ArtistPayout, outgoing.locked(ArtistPayout, pk))
    outgoing.require_other(by, row, row.artist_id)
    if outgoing.end(row, status=Outgoing.Status.FAILED, note=note, by=by):
        _tell(events.PAYOUT_FAILED, row, by)
        if row.artist.is_gone:
            leave(row.artist)
    return row


def leave(person: Any) -> None:
    """Set apart, as nobody's, what is owed to a person who leaves. Needs a transaction.

    What they have asked for stays theirs, and is sent. Who owes something, since it was given back
    after it had been sent, leaves an account below zero: nothing more comes that makes up for it.
    """
    _forget_where(person)
    set_aside(person.pk)


def _forget_where(person: Any) -> None:
    """Forget where it went, of all that is done; what is on its way needs it."""
    ended = ArtistPayout.objects.filter(artist=person).exclude(status=Outgoing.Status.PREPARED)
    ended.update(destination="")


def _tell(kind: str, row: ArtistPayout, by: User) -> None:
    tell(kind, of=row, by=by.pk, audience=OWNER, artist=str(row.artist_id))
