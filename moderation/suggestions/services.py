"""Bringing before moderators what a machine has found, and dismissing it.

It restricts nothing, and takes nothing out of the queue or further down in it.
"""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from moderation.cases import rules as bench
from moderation.cases.services import locked, open_case, seal, settle
from moderation.models import Case, Suggestion
from moderation.models.suggestion import WORDS_CHARS
from moderation.suggestions.registry import SUGGESTERS, Found, Written
from moderation.things import Kind
from social.models import User


def look(written: Written) -> list[Suggestion]:
    """Let every suggester look; return what is new."""
    made = []
    for suggester in SUGGESTERS.values():
        for found in suggester.look(written):
            if one := suggest(written.kind, written.row, suggester.name, found):
                made.append(one)
    return made


@transaction.atomic
def suggest(kind: Kind, row: Any, suggester: str, found: Found) -> Suggestion | None:
    """Mark the open case of a thing, or open one; the same is said once, dismissed or not."""
    words = found.words[:WORDS_CHARS]
    digest = hashlib.sha256(f"{kind.scope}:{row.pk}:{words}".encode()).hexdigest()[:24]
    if Suggestion.objects.filter(suggester=suggester, digest=digest).exists():
        return None
    about = {"target": kind.scope, "target_id": row.pk, "state": Case.State.OPEN}
    # A machine makes no case graver than people have said it is.
    case = Case.objects.filter(**about).first()
    opened = case is None
    case = case or open_case(kind=kind, row=row, reason=found.reason)
    made: Suggestion = Suggestion.objects.create(
        case=case, suggester=suggester, digest=digest, words=words, opened_it=opened
    )
    return made


@transaction.atomic
def dismiss(*, case: Case, by: User) -> int:
    """Dismiss what was suggested in a case; one that nothing else has opened is closed.

    Returns how many. Raises Problem `not-a-moderator`, `own-content`.
    """
    row = locked(case)
    bench.require_decider(by, row)
    waiting = row.suggestions.filter(dismissed_at=None)
    names = [str(key) for key in waiting.values_list("pk", flat=True)]
    waiting.update(dismissed_at=timezone.now(), dismissed_by=by)
    if names:
        seal("suggestion.dismissed", row, by, suggestions=names)
    if names and row.suggestions.filter(opened_it=True).exists() and not row.reports.exists():
        settle(row)
    return len(names)
