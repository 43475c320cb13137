"""Asking for a verification, looking for its proof, and its ends. What stands beside a name
follows from the rows."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from config.lib import kept_pages, limits
from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, subject_of, tell
from media_pipeline.jobs.services import jobs
from media_pipeline.sealing import services as sealing
from moderation.events import VERIFICATION_ENDED, VERIFICATION_WARNED, VERIFIED
from moderation.models import Verification
from moderation.verification import rules
from moderation.verification.checking import Found, look
from moderation.verification.rules import may_verify
from social.models import User
from tracks.parties import require_no_party

KIND = "check-verification"
State, Method = Verification.State, Verification.Method
LIVE = [State.WAITING, State.FAILED, State.VERIFIED]


@transaction.atomic
def begin(*, person: User, method: str, subject: str, words: str = "") -> Verification:
    """Begin one; the same again returns the one there is.

    Raises Problem `not-verifiable`, `too-many`, `too-many-verifications`.
    """
    kept = rules.subject_of(method, subject)
    if method == Method.HAND and not words.strip():
        sentence = "Say how a moderator can see that it is you."
        raise Problem("not-verifiable", sentence, status=422, field="words")
    User.objects.select_for_update().get(pk=person.pk)
    live = Verification.objects.filter(person=person, state__in=LIVE)
    if found := live.filter(method=method, subject=kept).first():
        return found
    limits.spend("verification", person.pk)
    if live.count() >= rules.LIVE_MOST:
        sentence = f"You have {rules.LIVE_MOST} of them, which is the most. Take one back first."
        raise Problem("too-many-verifications", sentence, status=409)
    made: Verification = Verification.objects.create(
        person=person, method=method, subject=kept, words=words.strip()[:2000]
    )
    return made


@transaction.atomic
def ask(*, row: Verification, by: User) -> Verification:
    """Have it looked at, by a job; whoever asks too often waits.

    Raises Problem `not-own`, `not-live`, `too-many`.
    """
    found = _locked(row)
    _require_own(found, by)
    if not found.is_live or found.method == Method.HAND:
        raise Problem("not-live", "There is nothing to look for any more.", status=409)
    if found.is_being_checked:
        return found
    limits.spend("verification", by.pk)
    found.asked_at = timezone.now()
    found.save(update_fields=["asked_at"])
    jobs.enqueue(KIND, subject=found)
    return found


def check(*, row: Verification) -> None:
    """Look for its proof, outside of any transaction, then keep what was found."""
    if row.is_live and row.method != Method.HAND:
        note(row=row, found=look(row))


@transaction.atomic
def note(*, row: Verification, found: Found) -> None:
    """Keep what a look has found. What was there once is first warned of, then ended."""
    kept, now = _locked(row), timezone.now()
    if not kept.is_live:
        return
    kept.answer, kept.checked_at = found.sentence, now
    if found.is_there:
        _verify(kept, now)
    elif kept.state != State.VERIFIED:
        kept.state = State.FAILED
    elif kept.warned_at is None:
        kept.warned_at = now
        tell(VERIFICATION_WARNED, of=kept, audience=OWNER, owner=kept.person_id)
    elif now - kept.warned_at >= rules.WARNED_FOR:
        _end(kept, State.ENDED, now)
    kept.save()
    settle(kept.person)


@transaction.atomic
def give_up(*, row: Verification, by: User) -> None:
    """Take one's own back. Raises Problem `not-own`."""
    found = _locked(row)
    _require_own(found, by)
    if found.is_live:
        _end(found, State.ENDED, timezone.now())
        found.save()
        settle(found.person)


@transaction.atomic
def end(*, row: Verification) -> None:
    """End one whose time is over."""
    found = _locked(row)
    if found.state == State.VERIFIED:
        found.answer = "Its time is over. Ask for it again."
        _end(found, State.ENDED, timezone.now())
        found.save()
        settle(found.person)


@transaction.atomic
def warn(*, row: Verification, sentence: str) -> None:
    """Say once that it will end."""
    found = _locked(row)
    if found.state == State.VERIFIED and found.warned_at is None:
        found.warned_at, found.answer = timezone.now(), sentence
        found.save(update_fields=["warned_at", "answer"])
        tell(VERIFICATION_WARNED, of=found, audience=OWNER, owner=found.person_id)


@transaction.atomic
def grant(*, row: Verification, by: User, evidence: str) -> None:
    """Verify by hand, with what was seen. Raises Problem as `_required` does, `not-waiting`."""
    found = _required(row, by, evidence)
    if found.method != Method.HAND or found.state != State.WAITING:
        raise Problem("not-waiting", "Nobody waits for this.", status=409)
    found.evidence, found.by, found.answer = evidence.strip(), by, ""
    _verify(found, timezone.now())
    _seal("verification.granted", found, by)


@transaction.atomic
def refuse(*, row: Verification, by: User, evidence: str) -> None:
    """Say that it is not to be seen, and why. Raises Problem as `grant` does."""
    found = _required(row, by, evidence)
    if found.method != Method.HAND or found.state != State.WAITING:
        raise Problem("not-waiting", "Nobody waits for this.", status=409)
    found.evidence, found.by, found.answer = evidence.strip(), by, evidence.strip()[:400]
    _end(found, State.REFUSED, timezone.now())
    _seal("verification.refused", found, by)


@transaction.atomic
def revoke(*, row: Verification, by: User, evidence: str) -> None:
    """End one that should not hold, with the reason. Raises Problem as `_required` does."""
    found = _required(row, by, evidence)
    if found.state != State.VERIFIED:
        raise Problem("not-live", "It does not hold.", status=409)
    found.evidence, found.by, found.answer = evidence.strip(), by, evidence.strip()[:400]
    _end(found, State.REVOKED, timezone.now())
    _seal("verification.revoked", found, by)


def settle(person: User) -> None:
    """Write beside somebody's name what is verified: the strongest of what holds."""
    order = Case(
        *[When(method=name, then=Value(n)) for n, name in enumerate(Method.values)],
        output_field=IntegerField(),
    )
    holding = Verification.objects.filter(
        person=person, state=State.VERIFIED, until__gt=timezone.now()
    )
    best = holding.order_by(order, "verified_at").first()
    words: dict[str, Any] = {
        "verified_as": best.shows if best else "",
        "verified_until": best.until if best else None,
    }
    User.objects.filter(pk=person.pk).update(**words)
    kept_pages.forget(f"person:{person.pk}", "latest")


def _locked(row: Verification) -> Verification:
    rows = Verification.objects.select_for_update(of=("self",)).select_related("person")
    found: Verification = rows.get(pk=row.pk)
    return found


def _required(row: Verification, by: User, evidence: str) -> Verification:
    """Return it locked.

    Raises Problem `not-a-moderator`, `words-missing`, and as `alone.require` does.
    """
    if not may_verify(by):
        raise Problem("not-a-moderator", "Only moderators decide this.", status=403)
    found = _locked(row)
    if not evidence.strip():
        raise Problem("words-missing", "Write what you have seen.", field="evidence")
    require_no_party(by, rules.question_of(found))
    return found


def _seal(act: str, row: Verification, by: User) -> None:
    row.save()
    settle(row.person)
    sealing.append(kind=act, actor=by.pk, subject=subject_of(row), why=row.evidence)


def _verify(row: Verification, now: datetime) -> None:
    is_new = row.state != State.VERIFIED
    row.state, row.until, row.warned_at = State.VERIFIED, now + rules.LIVES, None
    row.name = row.person.name
    if is_new:
        row.verified_at = now
        tell(VERIFIED, of=row, audience=OWNER, owner=row.person_id)


def _end(row: Verification, state: str, now: datetime) -> None:
    was, row.state, row.ended_at = row.state, state, now
    if was == State.VERIFIED or state == State.REFUSED:
        tell(VERIFICATION_ENDED, of=row, audience=OWNER, owner=row.person_id)


def _require_own(row: Verification, by: User) -> None:
    if row.person_id != by.pk:
        raise Problem("not-own", "This is somebody else’s.", status=403)
