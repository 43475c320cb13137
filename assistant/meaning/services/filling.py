"""Making the vectors of passages that have none yet, some at a time."""

import logging
import time
from collections import defaultdict
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from pgvector import Vector

from assistant.chunks.services import forget_answers
from assistant.consent.selectors import readable
from assistant.meaning.elsewhere import SENTENCES
from assistant.meaning.lexical import Lexical
from assistant.meaning.selectors import machine_of
from assistant.meaning.services import models
from assistant.models import Chunk, Embedding, EmbeddingModel, ModelRun
from assistant.providers.registry import Embedder, Unavailable, Useless, about
from assistant.runs.services import record
from tracks.models import Track

logger = logging.getLogger(__name__)

BATCH = 64
WRONG_MOST = 3
SLICE_S = 60.0  # of one job: other work of a general worker comes in between


Row = tuple[UUID, UUID, str]  # of a passage: its key, its track's, its text


class Progress(NamedTuple):
    """How far one model is: passages that it may read, and those of which it has a vector."""

    model: EmbeddingModel
    of: int
    made: int


def without(model: EmbeddingModel) -> QuerySet[Chunk]:
    """Return the passages that this model may read and has no vector of."""
    has = Embedding.objects.filter(chunk=OuterRef("pk"), model=model)
    return _readable(model).filter(~Exists(has))


def _readable(model: EmbeddingModel) -> QuerySet[Chunk]:
    machine = machine_of(model)
    elsewhere = "" if machine is None or machine.is_local else model.provider
    return Chunk.objects.filter(track__in=readable(Track.objects.all(), elsewhere))


def progress() -> list[Progress]:
    """Return how far each model is."""
    made = dict(
        Embedding.objects.order_by()
        .values("model")
        .annotate(n=Count("pk"))
        .values_list("model", "n")
    )
    rows = EmbeddingModel.objects.order_by("pk")
    return [Progress(row, _readable(row).count(), made.get(row.pk, 0)) for row in rows]


def work_off(seconds: float = SLICE_S) -> bool:
    """Make vectors for so long: by words and letters, then by the model that is wanted.

    One that is filled begins to serve. Returns whether there is more to do.
    """
    ends, left_out = time.monotonic() + seconds, set[UUID]()
    wanted = models.settle()
    for model in dict.fromkeys((models.lexical(), wanted)):
        while True:
            try:
                made = _batch(model, left_out)
            except (Unavailable, Useless) as trouble:
                logger.warning("%s makes no vectors now: %s", model, trouble)
                return False
            if not made:
                break
            if time.monotonic() > ends:
                return True
    if wanted.state != EmbeddingModel.State.SERVING or _others_serve(wanted):
        models.switch(wanted)
        forget_answers()
    while models.remove_retired():
        if time.monotonic() > ends:
            return True
    return False


def _others_serve(wanted: EmbeddingModel) -> bool:
    but = [wanted.pk, models.lexical().pk]
    rows = EmbeddingModel.objects.exclude(pk__in=but)
    return rows.exclude(state=EmbeddingModel.State.RETIRED).exists()


def _batch(model: EmbeddingModel, left_out: set[UUID]) -> int:
    """Make some vectors; return of how many passages, with those that could be left out only."""
    machine = machine_of(model)
    if machine is None:
        return 0
    if model.elsewhere is None and machine.name != Lexical.name:
        model.elsewhere = about(machine, None).passages(SENTENCES).tobytes()
        model.save(update_fields=["elsewhere"])
    waiting = without(model).exclude(pk__in=left_out).order_by("track_id", "pk")
    rows = list(waiting.values_list("pk", "track_id", "text")[:BATCH])
    if not rows:
        return 0
    try:
        _make(model, machine, rows)
    except Useless as trouble:
        _make_singly(model, machine, rows, left_out, trouble)
    return len(rows)


def _make(model: EmbeddingModel, machine: Embedder, rows: list[Row]) -> None:
    began = time.monotonic()
    tracks = {track for _, track, _ in rows}
    vectors = about(machine, tracks).passages([text for _, _, text in rows])
    took_ms = int((time.monotonic() - began) * 1000)
    if len(vectors) != len(rows):
        raise Useless("It made another number of vectors than there are passages.")
    _write(model, machine, rows, vectors, took_ms)


def _make_singly(
    model: EmbeddingModel,
    machine: Embedder,
    rows: list[Row],
    left_out: set[UUID],
    trouble: Useless,
) -> None:
    """Leave out, for now, what alone cannot be made; one bad passage holds up no other.

    Raises `trouble` where none of the first can be: then it is the machine's.
    """
    wrong = 0
    for row in rows:
        try:
            _make(model, machine, [row])
        except Useless as own:
            left_out.add(row[0])
            wrong += 1
            if wrong == WRONG_MOST and row == rows[WRONG_MOST - 1]:
                raise trouble from own


@transaction.atomic
def _write(
    model: EmbeddingModel,
    machine: Embedder,
    rows: list[Row],
    vectors: object,
    took_ms: int,
) -> None:
    """Write vectors down, as far as their passages are there and may still be read."""
    keys = [pk for pk, _, _ in rows]
    may = _readable(model).select_for_update(of=("self",), no_key=True).order_by("pk")
    still = set(may.filter(pk__in=keys).values_list("pk", flat=True))
    runs = {} if machine.name == Lexical.name else _runs(machine, rows, took_ms)
    Embedding.objects.bulk_create(
        [
            Embedding(chunk_id=pk, model=model, run=runs.get(track), vector=Vector(vector))
            for (pk, track, _), vector in zip(rows, vectors, strict=True)  # type: ignore[call-overload]
            if pk in still
        ],
        ignore_conflicts=True,
    )
    if still:
        transaction.on_commit(forget_answers, robust=True)


def _runs(machine: Embedder, rows: list[Row], took_ms: int) -> dict[UUID, ModelRun]:
    texts: dict[UUID, list[str]] = defaultdict(list)
    for _, track, text in rows:
        texts[track].append(text)
    task = ModelRun.Task.EMBEDDING
    return {
        track: record(task, machine, read="\n".join(said).encode(), track=track, took_ms=took_ms)
        for track, said in texts.items()
    }
