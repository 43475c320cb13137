"""Writing down what made an output, and taking all of one model back."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assistant.events import MODEL_WITHDRAWN
from assistant.models import Embedding, ModelRun, Suggestion, Transcript
from assistant.providers.registry import Machine
from assistant.runs.selectors import Model, runs_of
from config.lib.problems import Problem
from media_pipeline.events.services import MODERATORS, tell
from media_pipeline.jobs.services.jobs import enqueue
from media_pipeline.models import Job
from media_pipeline.sealing import services as sealing

JOB = "withdraw-model"
RUNS_AT_ONCE, VECTORS_AT_ONCE = 100, 2000
ASKED, DONE = "model.withdrawal_asked", MODEL_WITHDRAWN


@dataclass
class Withdrawn:
    """What went with some runs: how much of each, and what it was about."""

    runs: int = 0
    transcripts: int = 0
    suggestions: int = 0
    vectors: int = 0
    tracks: frozenset[UUID] = frozenset()
    versions: frozenset[UUID] = frozenset()

    def counts(self) -> dict[str, int]:
        """Return how much went."""
        return {name: value for name, value in vars(self).items() if isinstance(value, int)}

    def add(self, other: "Withdrawn") -> None:
        """Count what went with others."""
        for name, value in other.counts().items():
            setattr(self, name, getattr(self, name) + value)


Callback = Callable[[Withdrawn], None]
_callbacks: list[Callback] = []


def on_withdrawn(callback: Callback) -> Callback:
    """Let a topic put in order what hung on outputs that went, in the transaction of their going.

    It is called for each hundred runs, after their outputs are gone.
    """
    if callback not in _callbacks:
        _callbacks.append(callback)
    return callback


def record(
    task: str,
    machine: Machine,
    *,
    read: bytes,
    track: UUID | None = None,
    took_ms: int | None = None,
    **parameters: object,
) -> ModelRun:
    """Return a kept run of this machine over these bytes. Runs in the caller's transaction."""
    run: ModelRun = ModelRun.objects.create(
        task=task,
        provider=machine.name,
        model=machine.model,
        version=machine.version,
        parameters=parameters,
        input_sha256=hashlib.sha256(read).hexdigest(),
        track_id=track,
        took_ms=took_ms,
    )
    return run


@transaction.atomic
def ask(model: Model, *, by: Any) -> Job:
    """Have all that a model has made until now taken back, in a job. Raises Problem `not-found`."""
    count = runs_of(model).count()
    if not count:
        raise Problem("not-found", "This model has made nothing that could go.", status=404)
    sealing.append(kind=ASKED, actor=by.pk if by else "", subject=model.words[:120], runs=count)
    until = timezone.now().isoformat()
    payload = {"model": list(model), "by": str(by.pk) if by else "", "until": until}
    digest = hashlib.sha256("\0".join(model).encode()).hexdigest()
    return enqueue(JOB, payload=payload, key=digest[:40])


def withdraw(
    model: Model,
    *,
    by: Any = None,
    until: datetime | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> Withdrawn:
    """Take back all that a model has made until a moment, a hundred runs at a time.

    Words that somebody has edited stay, and so does what owners took: both are theirs. Begun again
    it goes on; `progress` is told how much is done, from 0 to 1.
    """
    before = {"made_at__lte": until or timezone.now()}
    total, gone, last = runs_of(model).filter(**before).count(), Withdrawn(), None
    of_model = {f"model__{name}": word for name, word in model._asdict().items()}
    gone.vectors += _drop_vectors(Embedding.objects.filter(run=None, **of_model))
    while keys := list(
        runs_of(model).filter(**before).order_by("pk").values_list("pk", flat=True)[:RUNS_AT_ONCE]
    ):
        gone.vectors += _drop_vectors(Embedding.objects.filter(run__in=keys))
        gone.add(_take_back(keys, by))
        last = keys[-1]
        progress(min(1.0, gone.runs / max(1, total)))
    if last:
        _tell(model, ModelRun.objects.filter(pk=last).first(), gone, by)
    return gone


def _drop_vectors(rows: QuerySet[Embedding]) -> int:
    """Remove vectors a part at a time: one run may have made those of the whole archive."""
    count = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:VECTORS_AT_ONCE]):
        Embedding.objects.filter(pk__in=keys).delete()
        count += len(keys)
    return count


@transaction.atomic
def _take_back(keys: list[UUID], by: Any) -> Withdrawn:
    runs = ModelRun.objects.filter(pk__in=keys, withdrawn_at=None)
    locked = list(runs.select_for_update().order_by("pk"))
    ids = [run.pk for run in locked]
    heard = Transcript.objects.filter(run__in=ids, edited_at=None).select_for_update()
    words = list(heard.values_list("pk", "version", "version__track"))
    Transcript.objects.filter(pk__in=[pk for pk, _, _ in words], edited_at=None).delete()
    Transcript.objects.filter(offer_run__in=ids).update(offer=None, offer_run=None)
    open_ones = Suggestion.objects.filter(run__in=ids, state=Suggestion.State.OPEN)
    said = open_ones.update(state=Suggestion.State.WITHDRAWN, decided_at=timezone.now())
    ModelRun.objects.filter(pk__in=ids).update(withdrawn_at=timezone.now(), withdrawn_by=by)
    tracks = {run.track_id for run in locked if run.track_id} | {track for _, _, track in words}
    versions = frozenset(version for _, version, _ in words)
    part = Withdrawn(len(ids), len(words), said, 0, frozenset(tracks), versions)
    for callback in _callbacks:
        callback(part)
    return part


@transaction.atomic
def _tell(model: Model, run: ModelRun | None, gone: Withdrawn, by: Any) -> None:
    sealing.append(kind=DONE, actor=by.pk if by else "", subject=model.words[:120], **gone.counts())
    if run:
        tell(MODEL_WITHDRAWN, of=run, by=by.pk if by else None, audience=MODERATORS)
