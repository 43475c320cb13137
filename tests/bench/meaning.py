"""How fast passages are found among 100,000, and how surely where one may find one in a hundred.

`python -m tests.bench.meaning` fills a site of its own by COPY and prints a table. The vectors are
synthetic: places around a thousand middles, as those of texts about a thousand things would be.
"""

import argparse
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.bench.site import environment, free_port, running

PIECES, MIDDLES, SPREAD = 1_000, 1_000, 0.8
OPEN_EACH = 100  # one piece in so many is public
QUESTIONS, NEAREST = 100, 10
WORDS = 20_000
MODELS = {"local": 2, "lexical": 1}

Numbers = NDArray[np.float32]


def main() -> None:
    """Measure, and leave nothing behind but the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--passages", type=int, default=100_000)
    options.add_argument("--output", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="nexus-bench-") as made:
        Path(made).chmod(0o711)
        port = free_port()
        env = environment(Path(made) / "state", PORT=str(port))
        os.environ.update(env, DJANGO_SETTINGS_MODULE="config.settings")
        up = [sys.executable, "manage.py", "up", "--port", str(port)]
        with running(up, env, f"http://127.0.0.1:{port}/"):
            import django

            django.setup()
            figures = measure(chosen.passages)
    print(json.dumps(figures, indent=2))
    if chosen.output:
        chosen.output.write_text(json.dumps(figures, indent=2) + "\n")


def measure(passages: int) -> dict[str, Any]:
    """Fill the site with so many passages, ask questions, and return the figures."""
    from django.contrib.auth.models import AnonymousUser

    chance = np.random.default_rng(7)
    owner, chunks = _pieces(passages, chance)
    figures: dict[str, Any] = {"passages": passages}
    for name, model in MODELS.items():
        figures[name] = _vectors(name, model, chunks, chance)
        for who, viewer in (("all", owner), ("one in a hundred", AnonymousUser())):
            figures[name][who] = _asked(model, viewer, chance)
            print(name, who, figures[name][who], flush=True)
    for who, viewer in (("all", owner), ("one in a hundred", AnonymousUser())):
        figures[f"whole search, {who}"] = _searches(viewer, chance)
    return figures


def _pieces(passages: int, chance: np.random.Generator) -> tuple[Any, list[str]]:
    """Make the pieces and their passages; return who may open all, and the passages' keys."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from assistant.chunks import stems
    from config.lib.ids import uuid7
    from media_pipeline.models import Schedule
    from tracks.models import Track

    # Workers of the site would make vectors of their own.
    Schedule.objects.update(next_at=timezone.now() + timedelta(days=1))

    owner = get_user_model().objects.create(handle="bench", email="bench@example.org")
    tracks = [
        Track(
            owner=owner,
            slug=f"bench-{number}",
            title=f"Bench {number}",
            visibility="public" if number % OPEN_EACH == 0 else "private",
            published_at=timezone.now() if number % OPEN_EACH == 0 else None,
        )
        for number in range(PIECES)
    ]
    Track.objects.bulk_create(tracks)
    rows, keys = io.StringIO(), []
    for number in range(passages):
        said = " ".join(f"w{word}" for word in _some_words(chance, 50))
        key = str(uuid7())
        keys.append(key)
        track = tracks[number % PIECES].pk
        place = number // PIECES
        vector = stems.vector_of(said)
        rows.write(f"{key}\t{track}\twords\t{place}\t{said}\t[]\t{vector}\t{key}\n")
    columns = "id, track_id, source, place, text, times, words, sha256"
    _copy(f"COPY assistant_chunk ({columns}) FROM STDIN", rows.getvalue())
    return owner, keys


def _some_words(chance: np.random.Generator, count: int) -> list[int]:
    """Return numbers of words, common ones more often, as in any language."""
    return [int(min(word, WORDS)) for word in chance.zipf(1.3, count)]


def _vectors(
    name: str, model: int, chunks: list[str], chance: np.random.Generator
) -> dict[str, Any]:
    from django.db import connection

    from assistant.models import EmbeddingModel

    dimensions = EmbeddingModel.objects.get(pk=model).dimensions
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS vectors_of_{model}")
    middles = chance.standard_normal((MIDDLES, dimensions)).astype(np.float32)
    for first in range(0, len(chunks), 5_000):
        some = chunks[first : first + 5_000]
        places = _around(middles, len(some), chance)
        text = "".join(
            f"{key}\t{model}\t[{','.join(f'{x:.4f}' for x in place)}]\n"
            for key, place in zip(some, places, strict=True)
        )
        _copy("COPY assistant_embedding (chunk_id, model_id, vector) FROM STDIN", text)
    filled = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("SET max_parallel_maintenance_workers = 0")
        cursor.execute(
            f"CREATE INDEX vectors_of_{model} ON assistant_embedding USING hnsw"
            f" ((vector::vector({dimensions})) vector_cosine_ops) WHERE model_id = {model}"
        )
        cursor.execute("ANALYZE assistant_embedding, assistant_chunk, tracks_track")
    indexed = time.monotonic()
    _middles[model] = middles
    return {
        "dimensions": dimensions,
        "filled_s": round(filled - began),
        "indexed_s": round(indexed - filled),
    }


_middles: dict[int, Numbers] = {}


def _around(middles: Numbers, count: int, chance: np.random.Generator) -> Numbers:
    near = middles[chance.integers(0, len(middles), count)]
    places = near + SPREAD * chance.standard_normal(near.shape).astype(np.float32)
    made: Numbers = places / np.linalg.norm(places, axis=1, keepdims=True)
    return made


def _asked(model: int, viewer: Any, chance: np.random.Generator) -> dict[str, Any]:
    """Return how long questions take, and the share of the truly nearest ten that is found."""
    from django.db import connection, transaction

    from assistant.meaning import selectors
    from assistant.models import EmbeddingModel

    row = EmbeddingModel.objects.get(pk=model)
    times, found = list[float](), list[float]()
    for question in _around(_middles[model], QUESTIONS, chance):
        nearest = selectors.nearest(row, question, viewer)
        times.append(_timed(partial(selectors.by_vector, row, question, viewer)))
        with _walking():
            walked = [near.pk for near in selectors.by_vector(row, question, viewer, NEAREST)]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_indexscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = on")
            exact = [pk for pk, _, _ in nearest[:NEAREST]]
        found.append(len({*walked} & {*exact}) / len(exact))
    return _of(times) | {"recall_at_10": round(sum(found) / len(found), 4)}


def _walking() -> Any:
    from tracks.search.selectors import bounded, settings_of_arms

    return bounded(settings=settings_of_arms())


def _timed(ask: Callable[[], object]) -> float:
    with _walking():
        began = time.perf_counter()
        ask()
        return (time.perf_counter() - began) * 1000


def _searches(viewer: Any, chance: np.random.Generator) -> dict[str, Any]:
    """Return how long a whole search takes: words and letters, joined, judged and dressed."""
    from assistant.meaning import presenters

    times = []
    for _ in range(QUESTIONS):
        text = " ".join(f"w{word}" for word in _some_words(chance, 4))
        times.append(_timed(partial(presenters.find, text, viewer, 20)))
    return _of(times)


def _of(times: list[float]) -> dict[str, Any]:
    return {"median_ms": round(median(times), 1), "p95_ms": round(quantiles(times, n=20)[-1], 1)}


def _copy(order: str, text: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(order) as copy:
        copy.write(text)


if __name__ == "__main__":
    main()
