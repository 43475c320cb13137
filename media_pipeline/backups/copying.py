"""Bytes from the storage to the target, each once."""

import hashlib
import mimetypes
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import psycopg

from media_pipeline import faults
from media_pipeline.backups import formats
from media_pipeline.backups.formats import Entry
from media_pipeline.backups.index import Index, Todo
from media_pipeline.backups.progress import Progress
from media_pipeline.backups.targets import Target
from media_pipeline.storage import MediaStorage, Stat, get_storage

CHUNK_BYTES = 1024 * 1024
BATCH = 64
BEAT_SECONDS = 1.0
THREADS = 8  # where an object storage takes part; a disk of its own is read one by one
TRANSIENT = ("uploads/", "health/", "exports/", "downloads/")  # under way, or made again on demand
Result = TypeVar("Result")
ORIGINALS = "SELECT key, sha256 FROM media_pipeline_asset WHERE sha256 <> ''"


def look(index: Index, target: Target, told_of: Progress, *, anew: bool = False) -> None:
    """Write down what is here and what is there: once in a run and, `anew`, at its end."""
    run = str(told_of.run.pk)
    if index.begin(run) and not anew:
        return
    told_of.stage("looking")
    index.see_files(_beating(_lasting(get_storage()), told_of))
    index.see_blobs(_beating(target.stats(formats.BLOBS), told_of))
    index.began(run)


def copy(index: Index, target: Target, told_of: Progress) -> None:
    """Copy every file that the target lacks. What vanishes meanwhile is no file any more."""
    told_of.stage("copying", index.left()[1])
    storage = get_storage()
    threads = 1 if target.is_local and storage.root is not None else THREADS
    with ThreadPoolExecutor(threads) as pool:
        while batch := index.to_do(BATCH):
            todos = _once(batch)
            jobs = [pool.submit(_copy_one, storage, target, index.folder, todo) for todo in todos]
            try:
                for todo, job in zip(todos, jobs, strict=True):
                    if found := _awaited(job, told_of):
                        index.learn(todo, *found)
                    else:
                        index.vanished(todo.key)
                    faults.point("backup:blob")
                    told_of.advance(todo.size)
            finally:
                for job in jobs:
                    job.cancel()
                index.keep()


def send(target: Target, name: str, part: Path, told_of: Progress) -> str:
    """Store one part of a backup; return its SHA-256."""
    told_of.stage("sending", part.stat().st_size)
    with ThreadPoolExecutor(1) as pool:
        _awaited(pool.submit(target.put, formats.place(name, part.name), part), told_of)
    if part.name == formats.KEYS and target.is_local:
        Path(target.address, formats.place(name, part.name)).chmod(0o600)
    told_of.beat()
    return hash_of(part)


def complaints(index: Index, rows: psycopg.Connection[Any]) -> Iterator[str]:
    """Yield a sentence for each original that is not as its row says: missing, or other bytes."""
    for key, sha256 in rows.execute(ORIGINALS):
        found = index.hash_of(key)
        if found is None:
            yield f"{key} is missing."
        elif found != sha256:
            yield f"{key} has other bytes than those that arrived."


def bring(target: Target, entry: Entry, storage: MediaStorage, folder: Path) -> bool:
    """Put one file back into the storage; False where the target's bytes are not those named."""
    with tempfile.NamedTemporaryFile(dir=folder) as draft:
        path = Path(draft.name)
        try:
            found = target.fetch(formats.blob(entry.sha256), path)
        except FileNotFoundError:
            return False
        if found != entry.sha256:
            return False
        kind = mimetypes.guess_type(entry.key)[0] or "application/octet-stream"
        storage.write_file(entry.key, path, content_type=kind)
    return True


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a local file."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _copy_one(
    storage: MediaStorage, target: Target, folder: Path, todo: Todo
) -> tuple[str, int] | None:
    """Copy one file by the hash of its bytes; return it and the size, or None for what is gone."""
    with tempfile.NamedTemporaryFile(dir=folder) as draft:
        path = storage.local_path(todo.key) or Path(draft.name)
        try:
            if path == Path(draft.name):
                storage.fetch(todo.key, path)
            sha256, size = hash_of(path), path.stat().st_size
        except FileNotFoundError:
            return None
        try:
            target.put(formats.blob(sha256), path)
        except FileNotFoundError:
            if path.exists():  # it is the target that lacks something
                raise
            return None
        return sha256, size


def _awaited(job: "Future[Result]", told_of: Progress) -> "Result":
    """Return what a thread returns, with a sign of life now and then: one file may take long."""
    while True:
        try:
            return job.result(timeout=BEAT_SECONDS)
        except TimeoutError:
            if job.done():  # its own
                raise
            told_of.beat()


def _once(batch: list[Todo]) -> list[Todo]:
    """Return the files of a batch, equal known bytes once: the others are known after it."""
    first = {todo.sha256 or todo.key: todo for todo in reversed(batch)}
    return list(first.values())


def _lasting(storage: MediaStorage) -> Iterator[Stat]:
    return (stat for stat in storage.stats("") if not stat.key.startswith(TRANSIENT))


def _beating(stats: Iterator[Stat], told_of: Progress) -> Iterator[Stat]:
    for stat in stats:
        told_of.beat()
        yield stat
