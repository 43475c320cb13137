"""Making suggestions: in a job, of what may be read then, and only where something is new.

The order of locks is that of deciding: the piece, then its suggestions.
"""

import hashlib
import json
import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assistant.consent.selectors import may_read
from assistant.events import SUGGESTIONS_MADE
from assistant.models import ModelRun, Suggestion
from assistant.providers.registry import MACHINES, Unavailable, Useless, Writer, about
from assistant.runs.services import record
from assistant.suggestions import checking, driver, selectors
from assistant.suggestions.formats import (
    INSTRUCTION,
    Kind,
    Material,
    Value,
    answer_of,
)
from media_pipeline.events.services import OWNER, tell
from media_pipeline.jobs.services.jobs import enqueue
from tracks.models import Track

JOB = "suggest"
SOON = timedelta(seconds=20)  # several changes in a row are read at once
TOKENS = 800

logger = logging.getLogger(__name__)


def expect(track: Track) -> None:
    """Have a piece read again soon, in the caller's transaction."""
    enqueue(JOB, subject=track, run_after=timezone.now() + SOON)


def make(track: UUID) -> list[Suggestion]:
    """Suggest what could be said of a piece; returns what is new.

    Nothing where it may not be read, now or when it would be written; nor where the same machine
    has read just this. Where the chosen machine gives nothing of use, the one here does.
    """
    row = selectors.for_reading(track).first()
    if row is None or not may_read(row.pk):
        return []
    found = selectors.material(row)
    if found.says_nothing:
        return []
    for machine in _machines(row.pk):
        if selectors.was_read(row.pk, machine, hashlib.sha256(found.read()).hexdigest()):
            return []
        began = time.monotonic()
        answer = _asked(about(machine, [row.pk]), found)
        if answer is not None:
            took = int(1000 * (time.monotonic() - began))
            return _write(row.pk, found, answer, machine, took)
    return []


def _machines(track: UUID) -> list[Writer]:
    """Return whom to ask, the chosen one first, of those that may read it."""
    local = MACHINES.writers[driver.Extractive.name]
    chosen = MACHINES.writers.get(settings.NEXUS_WRITER)
    if chosen is None or chosen is local or not chosen.is_there():
        return [local]
    reads = may_read(track, "" if chosen.is_local else chosen.name)
    return [chosen, local] if reads else [local]


def _asked(machine: Writer, found: Material) -> dict[Kind, Value] | None:
    """Return what a machine answers, as far as it stands in the material; None for no answer."""
    offered = Material(**{**vars(found), **selectors.offered(found)})
    try:
        said = machine.write(INSTRUCTION, offered.to_json(), tokens_most=TOKENS)
        return checking.kept(answer_of(checking.bare(said)), offered)
    except (Unavailable, Useless) as error:
        logger.info("%s suggests nothing: %s", machine.name, error)
        return None


@transaction.atomic
def _write(
    track: UUID, found: Material, answer: Mapping[Kind, Value], machine: Writer, took: int
) -> list[Suggestion]:
    row = selectors.for_reading(track).select_for_update(of=("self",)).first()
    allowed = may_read(track, "" if machine.is_local else machine.name)
    # What changed meanwhile is read by the job that the change has asked for.
    if row is None or not allowed or selectors.material(row) != found:
        return []
    if selectors.was_read(track, machine, hashlib.sha256(found.read()).hexdigest()):
        return []
    parameters = {"texts": sorted(found.texts), "tokens_most": TOKENS}
    task = ModelRun.Task.SUGGESTION
    run = record(task, machine, read=found.read(), track=track, took_ms=took, **parameters)
    new = _new(row, answer)
    rows = Suggestion.objects.filter(track=track, state=Suggestion.State.OPEN)
    stays = {
        old.kind
        for old in rows.select_for_update()
        if json.dumps(old.value) == json.dumps(new.get(Kind(old.kind)))
    }
    rows.exclude(kind__in=stays).update(state=Suggestion.State.WITHDRAWN, decided_at=timezone.now())
    made = Suggestion.objects.bulk_create(
        Suggestion(track=row, run=run, kind=kind, value=value, came_from=_from(kind, value, found))
        for kind, value in new.items()
        if kind not in stays
    )
    if made:
        tell(SUGGESTIONS_MADE, of=row, audience=OWNER)
    return made


def _new(row: Track, answer: Mapping[Kind, Value]) -> dict[Kind, Value]:
    """Return what neither stands there already nor was refused before."""
    there = checking.there(row.title, row.description_md, row.language, selectors.tag_keys(row.pk))
    found = checking.new(answer, there, selectors.refused(row.pk))
    if row.description_md and selectors.has_summary(row.pk):
        found.pop(Kind.SUMMARY, None)  # one that was taken is part of what is read by now
    return found


def _from(kind: Kind, value: Value, found: Material) -> list[str]:
    return checking.sources_of(kind, value, found)
