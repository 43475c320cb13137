"""Sending on what is owed, to charities and artists alike: each step once, its row and its ledger.

Prepared is a pending transaction, which counts in no balance; sent resolves it by one that is
posted; what was never sent is void, and what came back is reversed. Whatever is tried twice leads
to the same ledger.

Sending debits what is owed and credits the provider. What has been sent to somebody altogether
stands on an account of its own, with a memo against it, so that it can be read at any day without
adding up what is owed in between (DECISIONS.md, 93).
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from config.lib.problems import Problem
from economics import money
from economics.ledger import selectors as balances
from economics.ledger import services as ledger
from economics.ledger.services import Leg, leg
from economics.models import ArtistPayout, Disbursement, LedgerAccount, LedgerTransaction, Outgoing
from media_pipeline.events.services import subject_of
from media_pipeline.locks import lock
from media_pipeline.sealing import services as sealing
from social.models import User
from tracks.parties import Question, require_no_party

Status = Outgoing.Status
Row = Disbursement | ArtistPayout
SEND = "economics.add_disbursement"
NOON, A_YEAR = time(12), timedelta(days=366)


def may_send(user: Any) -> bool:
    """Tell whether somebody may send on what is owed: finance, and administrators."""
    return bool(user.acts_as_staff and user.has_perm(SEND))


def require_finance(by: User) -> None:
    """Raise Problem `not-finance` for anybody else."""
    if not may_send(by):
        raise Problem("not-finance", "Only finance sends on what is owed.", status=403)


def require_other(by: User, row: Row, *parties: UUID | None) -> None:
    """Refuse whom a row is for, or who prepared it, while somebody else of finance is here.

    In a house of one: after 24 hours, with a fresh code and a public mark. In a transaction. Raises
    Problem `own-money`, and those of `tracks.parties`.
    """
    since = {key: row.created_at for key in parties if key}
    require_no_party(by, Question(row, since, SEND, rule="own-money"))


def free(kind: type[Row], party: UUID | str) -> int:
    """Return what is owed to somebody and not yet prepared to be sent; minor units.

    Below zero where something was given back that had been sent: what comes next makes up for it.
    """
    return balances.owed(kind.PAYABLE, party) - prepared(kind, party)


def prepared(kind: type[Row], party: UUID | str) -> int:
    """Return what is prepared to be sent to somebody; minor units."""
    return kind.objects.filter(**{kind.OWNER: party}).waiting().total()


@transaction.atomic
def prepare(row: Row) -> Row:
    """Say that this is to be sent; the same `key` again returns what was prepared before.

    Raises Problem `more-than-owed`, `amount-missing`, `key-used`.
    """
    lock(f"outgoing:{row.PAYABLE}:{row.party}")
    found: Row | None = type(row).objects.filter(key=row.key).first()
    if found:
        return _the_same(found, row)
    if row.amount <= 0:
        raise Problem("amount-missing", "Say how much is to be sent.", field="amount")
    most = free(type(row), row.party)
    if row.amount > most:
        sentence = f"That is more than is owed and not yet prepared: {money.told(max(most, 0))}."
        raise Problem("more-than-owed", sentence, status=409, field="amount")
    row.currency = money.currency()
    row.save(force_insert=True)
    _post(row, "prepared", legs(row), status=LedgerTransaction.Status.PENDING)
    seal(row, "prepared", amount=row.amount)
    return row


def locked(kind: type[Row], pk: UUID) -> Row:
    """Return one that nobody else changes until this transaction ends."""
    found: Row = kind.objects.select_for_update().get(pk=pk)
    return found


def send(row: Row, *, reference: str, sent_on: date, by: User | None = None) -> bool:
    """Write down that it has left, once: tells whether it was written now. Needs it `locked`.

    Raises Problem `not-prepared`, `reference-missing`, `not-yet` for a day that is to come,
    `too-long-ago`.
    """
    if row.status == Status.SENT:
        return False
    _require(row, Status.PREPARED)
    if not reference.strip():
        raise Problem("reference-missing", "Say by what reference it was sent.", field="reference")
    if sent_on > timezone.localdate():
        raise Problem("not-yet", "That day is still to come.", field="sent_on")
    if sent_on < row.created_at.date() - A_YEAR:  # a slip of the pen would stand there for ever
        sentence = "That is more than a year before it was prepared."
        raise Problem("too-long-ago", sentence, field="sent_on")
    row.status, row.reference, row.sent_on, row.by = Status.SENT, reference.strip(), sent_on, by
    row.save(update_fields=["status", "reference", "sent_on", "by"])
    _post(row, "sent", legs(row), resolves=_written(row, "prepared"), effective_at=_moment(sent_on))
    seal(row, "sent", sent_on=str(sent_on))
    return True


def end(row: Row, *, status: str, note: str, by: User | None = None) -> bool:
    """Let it fail, or be withdrawn: it is owed again. Tells whether that was written now.

    Needs it `locked`. Raises Problem `not-prepared`; what was sent can only fail.
    """
    if row.status == status:
        return False
    was_sent = row.status == Status.SENT
    _require(row, Status.PREPARED, *([Status.SENT] if status == Status.FAILED else []))
    row.status, row.note, row.by, row.ended_at = status, note.strip(), by, timezone.now()
    row.save(update_fields=["status", "note", "by", "ended_at"])
    if was_sent:
        sent = _written(row, "sent")
        ledger.reverse(sent, _kind(row, status), _key(row, status), external=row.reference)
    else:
        void = LedgerTransaction.Status.VOID
        _post(row, status, [], status=void, resolves=_written(row, "prepared"))
    seal(row, status)
    return True


def seal(row: Row, step: str, **data: object) -> None:
    """Write down who did it."""
    by = row.by_id or ""
    sealing.append(kind=f"{row.NAME}.{step}", actor=by, subject=subject_of(row), **data)


def legs(row: Row) -> list[Leg]:
    """Return the legs of what is sent: owed no more, gone from the provider, and remembered."""
    return [
        leg(row.PAYABLE, row.amount, row.party),
        leg(LedgerAccount.Kind.PROVIDER_CLEARING, -row.amount, row.provider),
        leg(row.DISBURSED, row.amount, row.party),
        leg(LedgerAccount.Kind.MEMO_SENT, -row.amount),
    ]


def _the_same(found: Row, row: Row) -> Row:
    if (found.party, found.amount) != (row.party, row.amount):
        raise Problem("key-used", "This form was sent before, with other words.", status=409)
    return found


def _post(
    row: Row,
    step: str,
    entries: list[Leg],
    *,
    status: str = LedgerTransaction.Status.POSTED,
    resolves: LedgerTransaction | None = None,
    effective_at: datetime | None = None,
) -> None:
    ledger.post(
        _kind(row, step),
        _key(row, step),
        entries,
        subject=row.pk,
        external=row.reference,
        status=status,
        resolves=resolves,
        effective_at=effective_at,
    )


def _written(row: Row, step: str) -> LedgerTransaction:
    found: LedgerTransaction = LedgerTransaction.objects.get(key=_key(row, step))
    return found


def _kind(row: Row, step: str) -> str:
    return f"{row.NAME}.{step}"


def _key(row: Row, step: str) -> str:
    return f"{row.NAME}:{row.pk}:{step}"


def _moment(day: date) -> datetime:
    """Return when it left: now for today, the noon of another day."""
    if day == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day, NOON))


def _require(row: Row, *statuses: str) -> None:
    if row.status not in statuses:
        sentence = f"It is {row.get_status_display().lower()} already."
        raise Problem(f"not-{statuses[0]}", sentence, status=409)
