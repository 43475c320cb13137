"""Cases: one open for each thing, somebody who sees to it, and what moderators write about it."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from config.lib import live
from config.lib.problems import Problem
from media_pipeline.events.services import subject_of
from media_pipeline.sealing import services as sealing
from moderation.cases import rules
from moderation.models import Case, CaseNote, Decision
from moderation.things import Kind, find, title_of
from moderation.walks.services import ask_for_walk
from social.models import User

# Whom to tell that a case has come, or come again: the pages of the queue.
QUEUE, CAME = "case-queue", "queue.changed"


@transaction.atomic
def open_case(*, kind: Kind, row: Any, reason: str, due: datetime | None = None) -> Case:
    """Return the open case of a thing, locked; a new one where there is none.

    The gravest reason and the nearest clock count.
    """
    due = due or rules.due(reason, timezone.now())
    found = _open(kind, row)
    if found is None:
        try:
            with transaction.atomic():
                made = Case.objects.create(
                    target=kind.scope,
                    target_id=row.pk,
                    title=title_of(kind, row),
                    person=kind.owner(row),
                    reason=reason,
                    due_at=due,
                )
            ask_for_walk(case=made)
            _announce()
            return made
        except IntegrityError:  # somebody else opened it this moment
            found = _open(kind, row)
            assert found is not None  # noqa: S101 - the constraint says so
    graver = rules.graver(found.reason, reason)
    if (graver, min(due, found.due_at)) != (found.reason, found.due_at):
        found.reason, found.due_at = graver, min(due, found.due_at)
        found.save(update_fields=["reason", "due_at"])
    return found


@transaction.atomic
def quiet_case(*, kind: Kind, row: Any, reason: str) -> Case:
    """Return the case that a report from a muted source joins: it opens none, and no clock goes on.

    Where there is none at all, one is made that is closed.
    """
    about = Case.objects.filter(target=kind.scope, target_id=row.pk)
    # The open one first; of those that are closed the newest.
    found = about.order_by("-state", "-pk").first()
    if found:
        return found
    now = timezone.now()
    made: Case = Case.objects.create(
        target=kind.scope,
        target_id=row.pk,
        title=title_of(kind, row),
        person=kind.owner(row),
        reason=reason,
        state=Case.State.CLOSED,
        due_at=now,
        closed_at=now,
    )
    return made


@transaction.atomic
def open_unreported(*, kind: Kind, row: Any, reason: str, by: User) -> Case:
    """Bring before the moderators what nobody reported. Raises Problem `not-a-moderator`."""
    if not (by.has_perm(rules.DECIDE) or by.has_perm(rules.DECIDE_COPYRIGHT)):
        raise Problem("not-a-moderator", "Only moderators open cases.", status=403)
    case = open_case(kind=kind, row=row, reason=reason)
    seal("case.opened", case, by, reason=reason)
    return case


@transaction.atomic
def reopen(*, case: Case, due: datetime) -> Case:
    """Bring a case before the moderators again; another open one of the same thing is returned."""
    row = locked(case)
    if row.is_open:
        Case.objects.filter(pk=row.pk, due_at__gt=due).update(due_at=due)
        return row
    rows = Case.objects.select_for_update(of=("self",))
    other = rows.filter(target=row.target, target_id=row.target_id, state=Case.State.OPEN).first()
    if other:
        return other
    row.state, row.closed_at, row.due_at = Case.State.OPEN, None, due
    row.save(update_fields=["state", "closed_at", "due_at"])
    _announce()
    return row


def locked(case: Case) -> Case:
    """Lock a case for a deed; return it as it is now. Needs a transaction."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)


@transaction.atomic
def assign(*, case: Case, by: User, to: User | None) -> Case:
    """Say who sees to it; nobody for None. Raises Problem as `rules.require_decider`."""
    row = locked(case)
    rules.require_decider(by, row)
    if to and to != by:
        rules.require_decider(to, row)
    if row.assigned_to_id == (to.pk if to else None):
        return row
    before, row.assigned_to = str(row.assigned_to_id or ""), to
    row.save(update_fields=["assigned_to"])
    seal("case.assigned", row, by, before=before, to=str(to.pk) if to else "")
    return row


@transaction.atomic
def write(*, case: Case, by: User, words: str) -> CaseNote:
    """Write a note for the others. Raises as `rules.require_decider`, and `words-missing`."""
    rules.require_decider(by, case)
    if not (words := words.strip()):
        raise Problem("words-missing", "Write something first.", field="words")
    note: CaseNote = CaseNote.objects.create(case=case, by=by, words=words)
    seal("case.noted", case, by, note=str(note.pk))
    return note


@transaction.atomic
def close_gone(*, case: Case, by: User) -> Case:
    """Close a case of what is gone for good: there is nothing left to decide about.

    Raises Problem as `rules.require_decider`, and `not-gone`.
    """
    row = locked(case)
    rules.require_decider(by, row)
    if find(row.target, row.target_id):
        raise Problem("not-gone", "It is still here. Decide about it.", status=409)
    if row.is_open:
        seal("case.closed", row, by)
        settle(row)
    return row


def settle(case: Case) -> None:
    """Close a case once nothing in it waits: no appeal, nothing held. It must be locked."""
    if case.appeals.filter(answered_at=None).exists() or not case.is_open:
        return
    held = case.decisions.in_force().filter(kind=Decision.Kind.HOLD)
    if held.exists() and find(case.target, case.target_id):
        return
    case.state, case.closed_at = Case.State.CLOSED, timezone.now()
    case.save(update_fields=["state", "closed_at"])


def seal(act: str, case: Case, by: User, **data: object) -> None:
    """Write down what a member of the staff did with a case."""
    sealing.append(kind=act, actor=by.pk, subject=subject_of(case), **data)


def _announce() -> None:
    transaction.on_commit(lambda: live.announce(QUEUE, CAME))


def _open(kind: Kind, row: Any) -> Case | None:
    rows = Case.objects.select_for_update(of=("self",))
    return rows.filter(target=kind.scope, target_id=row.pk, state=Case.State.OPEN).first()
