"""Sending money on to charities, with the files that prove it."""

import hashlib
from datetime import date
from typing import cast
from uuid import UUID

from django.db import transaction

from config.lib import kept_pages
from config.lib.lines import one_line
from config.lib.problems import Problem
from economics import events, outgoing
from economics.charities import rules
from economics.charities.selectors import FOLDER
from economics.models import Charity, Disbursement, DisbursementReceipt, Outgoing
from economics.models.outgoing import NAME_CHARS
from media_pipeline.events.services import PUBLIC, tell
from media_pipeline.storage import get_storage
from social.models import User

RECEIPTS_MOST = 10
PAGES = "charities"  # as what pages for all show


def prepare(*, charity: Charity, amount: int, key: str, by: User) -> Disbursement:
    """Prepare a run of at most what is owed; the same `key` again is the same run.

    Raises Problem `more-than-owed`, `amount-missing`, `not-finance`.
    """
    outgoing.require_finance(by)
    row = Disbursement(charity=charity, amount=amount, key=key, by=by)
    return cast(Disbursement, outgoing.prepare(row))


@transaction.atomic
def send(pk: UUID, *, reference: str, sent_on: date, by: User) -> Disbursement:
    """Write down that a run has left: somebody else than who prepared it does, where there is one.

    Raises as `outgoing.send` and `outgoing.require_other`, and `not-finance`.
    """
    outgoing.require_finance(by)
    row = cast(Disbursement, outgoing.locked(Disbursement, pk))
    if row.is_waiting:
        outgoing.require_other(by, row, row.by_id)
    if outgoing.send(row, reference=reference, sent_on=sent_on, by=by):
        _tell(events.DISBURSED, row, by)
    return row


@transaction.atomic
def fail(pk: UUID, *, note: str, by: User) -> Disbursement:
    """Write down that a run did not arrive: it is owed again.

    Raises Problem `note-missing`, `not-prepared`, `not-finance`.
    """
    outgoing.require_finance(by)
    if not note.strip():
        raise Problem("note-missing", "Say why it did not arrive.", field="note")
    row = cast(Disbursement, outgoing.locked(Disbursement, pk))
    if outgoing.end(row, status=Outgoing.Status.FAILED, note=note, by=by):
        _tell(events.DISBURSEMENT_FAILED, row, by)
    return row


@transaction.atomic
def withdraw(pk: UUID, *, by: User) -> Disbursement:
    """Take back a run that was never sent. Raises Problem `not-prepared`, `not-finance`."""
    outgoing.require_finance(by)
    row = cast(Disbursement, outgoing.locked(Disbursement, pk))
    outgoing.end(row, status=Outgoing.Status.WITHDRAWN, note="", by=by)
    return row


@transaction.atomic
def attach(pk: UUID, *, data: bytes, name: str, by: User) -> DisbursementReceipt:
    """Keep a receipt file of a run; the same bytes again are the same file.

    Raises Problem `file-too-large`, `file-unknown`, `too-many-files`, `not-finance`.
    """
    outgoing.require_finance(by)
    if len(data) > rules.MOST_BYTES:
        raise Problem("file-too-large", "A receipt file has at most 900 kB.", field="file")
    kind = rules.type_of(data)
    if kind is None:
        raise Problem(
            "file-unknown",
            "A receipt is a PDF, a PNG, JPEG or WebP picture, or text.",
            field="file",
        )
    row, digest = outgoing.locked(Disbursement, pk), hashlib.sha256(data).hexdigest()
    there = DisbursementReceipt.objects.filter(disbursement_id=pk)
    if found := there.filter(sha256=digest).first():
        return found
    if there.count() >= RECEIPTS_MOST:
        raise Problem("too-many-files", f"{RECEIPTS_MOST} receipt files are the most.", status=409)
    made = DisbursementReceipt(
        disbursement_id=row.pk,
        name=one_line(name)[:NAME_CHARS] or "receipt",
        mime=kind.mime,
        size=len(data),
        sha256=digest,
    )
    made.key = f"{FOLDER}{made.pk}.{kind.ending}"
    # Bytes without their row, where this is rolled back, are swept as any orphan.
    get_storage().write(made.key, data, content_type=kind.mime)
    made.save(force_insert=True)
    row.by = by
    outgoing.seal(row, "receipt", sha256=digest)
    kept_pages.forget(PAGES)
    return made


def _tell(kind: str, row: Disbursement, by: User) -> None:
    tell(kind, of=row, by=by.pk, audience=PUBLIC, charity=str(row.charity_id))
    kept_pages.forget(PAGES)
