"""Keeping evidence of a serious crime apart: closed, bundled, sealed, opened, released.

Regulation (EU) 2022/2065, article 18: who suspects a crime that threatens life or safety tells the
authorities at once. Nothing here judges anybody.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline import storage
from media_pipeline.jobs.services import jobs
from moderation import things
from moderation.alone import rules as alone
from moderation.cases import rules as bench
from moderation.cases.services import locked, seal
from moderation.custody import copying, gathering, rules
from moderation.decisions.services import decide
from moderation.decisions.statements import Statement
from moderation.models import Case, Custody, Decision, Scope
from moderation.models.custody import AUTHORITY_CHARS, REASON_CHARS
from moderation.models.decision import Kind
from social.models import User

JOB = "custody"
CHUNK = 2**20


@transaction.atomic
def keep(*, case: Case, by: User, reason: str, authority: str, days: int = rules.DAYS) -> Custody:
    """Close what a case is about, unless it is, and keep all of it as evidence, apart.

    The bundle follows by a job; until it is released the pieces, those of a release included, the
    list itself and the account are not removed for good. Raises Problem `may-not-keep`,
    `reason-missing`, `invalid-days`, `kept-already`, `is-gone`, `not-closed`, and those of
    `decide`.
    """
    found = locked(case)
    if not rules.may_keep(by, found):
        sentence = "You do not have the right to keep evidence apart."
        raise Problem("may-not-keep", sentence, status=403)
    reason, authority = _said(reason, REASON_CHARS), _said(authority, AUTHORITY_CHARS)
    if not 1 <= days <= rules.DAYS_MOST:
        raise Problem("invalid-days", f"Say 1 to {rules.DAYS_MOST} days.", field="days")
    if held := found.custodies.held().select_related("by").first():
        sentence = bench.done_by("It is kept apart already.", held.by, held.created_at)
        raise Problem("kept-already", sentence, status=409)
    row = things.find(found.target, found.target_id)
    if row is None:
        raise Problem("is-gone", "It is not here any more. What is left is the case.", status=409)
    made: Custody = Custody.objects.create(
        case=found,
        decision=_closing(found, by, row),
        by=by,
        reason=reason,
        authority=authority,
        until=timezone.now() + timedelta(days=days),
        track_ids=gathering.pieces_of(found.target, row),
        secret=copying.new_secret(),
    )
    seal("custody.kept", found, by, custody=str(made.pk), reason=reason, authority=authority)
    jobs.enqueue(JOB, subject=made, key=str(made.pk))
    return made


def bundle(*, custody: Custody) -> None:
    """Make the bundle of what is held: the words, the originals, and what proves them."""
    if custody.made_at or custody.released_at:
        return
    with tempfile.TemporaryDirectory(prefix="custody-") as folder:
        plain, closed = Path(folder, "plain"), Path(folder, "sealed")
        _zip(custody, plain)
        digest = hashlib.sha256()
        with plain.open("rb") as source, closed.open("wb") as target:
            for frame in copying.sealed(_chunks(source, digest), custody.secret):
                target.write(frame)
        storage.get_storage().write_file(
            custody.key, closed, content_type="application/octet-stream"
        )
        made = {"digest": digest.hexdigest(), "size_bytes": plain.stat().st_size}
    with transaction.atomic():
        row = Custody.objects.select_for_update(of=("self",)).get(pk=custody.pk)
        if row.released_at:
            storage.get_storage().delete(row.key)
            return
        Custody.objects.filter(pk=row.pk).update(made_at=timezone.now(), **made)


@transaction.atomic
def open_bundle(*, custody: Custody, by: User, reason: str) -> Iterator[bytes]:
    """Open a bundle for somebody with the right, and write down who did, and why.

    Returns the bytes of a zip. Raises Problem `may-not-open`, `reason-missing`, `not-here`,
    `is-broken`.
    """
    reason = _may_look(custody, by, reason)
    if custody.made_at is None:
        raise Problem("not-here", "The bundle is still being made.", status=409)
    seal("custody.opened", custody.case, by, custody=str(custody.pk), reason=reason)
    stream = copying.opened(storage.get_storage().stream(custody.key), custody.secret)
    try:
        first = next(stream)
    except (copying.Broken, FileNotFoundError) as error:
        raise Problem("is-broken", "The bundle is not as it was sealed.", status=409) from error
    return _after(first, stream)


@transaction.atomic
def draft_letter(*, custody: Custody, by: User, reason: str) -> dict[str, Any]:
    """Return what a notification to the authority says; that it was drafted is written down.

    Raises Problem as `open_bundle` does.
    """
    reason = _may_look(custody, by, reason)
    seal("custody.letter", custody.case, by, custody=str(custody.pk), reason=reason)
    case = custody.case
    row = things.find(case.target, case.target_id)
    return {
        "custody": custody,
        "case": case,
        "person": case.person,
        "path": things.KINDS[case.target].url(row) if row else "",
        "reports": case.reports.order_by("pk"),
        "originals": gathering.originals(custody),
    }


@transaction.atomic
def release(*, custody: Custody, by: User, reason: str) -> Custody:
    """End it: the bundle and its key go, and what was held can be removed again.

    Raises Problem as `open_bundle` does.
    """
    reason = _may_look(custody, by, reason)
    row: Custody = Custody.objects.select_for_update(of=("self",)).get(pk=custody.pk)
    row.released_at, row.released_by, row.release_reason = timezone.now(), by, reason
    row.secret = ""
    row.save(update_fields=["released_at", "released_by", "release_reason", "secret"])
    seal("custody.released", row.case, by, custody=str(row.pk), reason=reason)
    transaction.on_commit(lambda: storage.get_storage().delete(row.key))
    return row


def _may_look(custody: Custody, by: User, reason: str) -> str:
    if not rules.may_open(by):
        raise Problem("may-not-open", "You do not have the right to open this.", status=403)
    alone.require(alone.Act(by, custody.case))
    gone = Custody.objects.filter(pk=custody.pk).exclude(released_at=None)
    if one := gone.select_related("released_by").first():
        sentence = "It was released, and is not here any more."
        sentence = bench.done_by(sentence, one.released_by, one.released_at)
        raise Problem("not-here", sentence, status=409)
    return _said(reason, REASON_CHARS)


def _said(words: str, most: int) -> str:
    words = words.strip()
    if not words:
        raise Problem("reason-missing", "Say why: it is written down.", field="reason")
    if len(words) > most:
        raise Problem("reason-too-long", f"Say it in at most {most} characters.", field="reason")
    return words


def closed_by(case: Case) -> Decision | None:
    """Return the newest decision in force that closes what a case is about."""
    about = Decision.objects.in_force().filter(scope=case.target, target_id=case.target_id)
    return about.filter(kind__in=rules.CLOSES).order_by("-pk").first()


def _closing(case: Case, by: User, row: Any) -> Decision:
    """Return the decision that closes it; one is made where there is none."""
    if found := closed_by(case):
        return found
    if case.target == Scope.PERSON:
        sentence = "Close the account first, by a decision. Then keep it apart."
        raise Problem("not-closed", sentence, status=409)
    statement = Statement(facts=rules.FACTS, ground=rules.GROUND, clause=rules.CLAUSE)
    words: dict[str, Any] = {"kind": Kind.REMOVE, "scope": case.target, "row": row}
    return decide(case=case, by=by, statement=statement, **words)


def _zip(custody: Custody, path: Path) -> None:
    """Write the bundle: the words as JSON, each original, and the SHA-256 of every file."""
    files, proofs = storage.get_storage(), {}
    with zipfile.ZipFile(path, "w") as bundle:
        words = json.dumps(gathering.snapshot(custody), ensure_ascii=False, indent=2).encode()
        bundle.writestr("words.json", words)
        proofs["words.json"] = hashlib.sha256(words).hexdigest()
        for name, key, known in gathering.originals(custody):
            if not files.exists(key):
                proofs[f"{name} is missing"] = known
                continue
            digest = hashlib.sha256()
            with bundle.open(name, "w", force_zip64=True) as target:
                for chunk in files.stream(key):
                    digest.update(chunk)
                    target.write(chunk)
            proofs[name] = digest.hexdigest()
            if known and known != proofs[name]:
                proofs[f"{name} as it was uploaded"] = known
        bundle.writestr("proofs.json", json.dumps(proofs, indent=2))


def _chunks(source: Any, digest: Any) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        yield chunk


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
