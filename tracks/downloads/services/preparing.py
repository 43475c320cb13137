"""Making ready what is given out: words and cover written in, size and sums known beforehand.

A job does it when something is opened, published or changed, and when somebody asks for what is not
there yet. It writes what differs from the stored file and nothing else, under a name of its own,
and says so in a row: killed at any point it begins anew, and what it left is an orphan.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import timezone

from config.lib.ids import uuid7
from media_pipeline import faults
from media_pipeline.assets.services.removal import remove_key
from media_pipeline.delivery import covers
from media_pipeline.ffmpeg import Stopped
from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Job
from media_pipeline.processing.services.workspace import Workspace, workspace
from media_pipeline.steps.lossless import make_flac
from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff
from media_pipeline.steps.tagging import Difference, tag
from media_pipeline.storage import get_storage
from tracks.downloads import selectors
from tracks.downloads.selectors import Need
from tracks.models import Given, PreparedFile, Release, Track
from tracks.models.audience import Audience

KIND = "downloads.prepare"
SOON = timedelta(seconds=20)  # several changes in a row are prepared once
REST = timedelta(hours=1)  # after a failure
FOLDER = "downloads/"
TYPE = "application/octet-stream"


def prepare_soon(thing: Track | Release) -> None:
    """Have all that is open of a thing made ready in a while; again and again is once."""
    jobs.enqueue(KIND, subject=thing, run_after=timezone.now() + SOON)


def prepare_if_given(thing: Track | Release) -> None:
    """Have a thing made ready in a while that is open to anybody."""
    whole = isinstance(thing, Release)
    columns = ("download",) if whole else [f"gives_{what}" for what in Given.values]
    given = any(getattr(thing, column) != Audience.NOBODY for column in columns)
    if given and thing.deleted_at is None:
        prepare_soon(thing)


def prepare_now(thing: Track | Release, what: str) -> Job:
    """Have this made ready at once, for somebody who waits.

    Returns the job; where one has failed within the hour it is that one, and nothing is tried.
    """
    key = f"{thing._meta.label_lower}:{thing.pk}:{what}"
    bad = [Job.State.FAILED, Job.State.QUARANTINED]
    lately = {"state__in": bad, "finished_at__gt": timezone.now() - REST}
    if failed := Job.objects.filter(dedupe_key=f"{KIND}:{key}", **lately).first():
        return failed
    return jobs.enqueue(KIND, subject=thing, payload={"what": what}, key=key)


def prepare(lease: Lease) -> None:
    """Make ready what the job is about, as far as it is not.

    Raises Refused or ProcessFailed (a file), Stopped (SIGTERM), LeaseLost.
    """
    needs = _wanted(lease.job)
    there = selectors.ready(needs)
    missing = {need.identity: need for need in needs if need.identity not in there}
    for done, need in enumerate(missing.values()):
        lease.write(stage="preparing", progress=100 * done // len(missing))
        with workspace(lease) as place:
            _prepare(need, lease, place)


def _wanted(job: Job) -> list[Need]:
    what = job.payload.get("what")
    if job.subject_type == Track._meta.label:
        tracks = selectors.with_sound(Track.objects.filter(pk=job.subject_id))
        return [need for track in tracks for need in _of_track(track, what)]
    releases: Iterable[Any] = Release.objects.filter(pk=job.subject_id).select_related("owner")
    return [need for release in releases for need in _of_release(release, what)]


def _of_track(track: Track, what: str | None) -> Iterator[Need]:
    place, count = selectors.place_of(track)
    for each in [what] if what else Given.values:
        if what or getattr(track, f"gives_{each}") != Audience.NOBODY:
            yield from selectors.needs_of_track(track, each, place, count)


def _of_release(release: Release, what: str | None) -> Iterator[Need]:
    open_now = selectors.OF_RELEASE if release.download != Audience.NOBODY else ()
    for each in [what] if what else open_now:
        yield from selectors.needs_of_release(release, each, release.owner)


class _Base(NamedTuple):
    """The stored file that something is made of: its key, and where it lies just now."""

    key: str
    path: Path


def _prepare(need: Need, lease: Lease, place: Workspace) -> None:
    base = _base(need, lease, place)
    found = Difference(b"", 0, base.path.stat().st_size, b"")
    if need.words:
        cover = _picture(need)
        words, folder = need.words.told(), place.folder
        found = tag(base.path, words, cover, folder, should_stop=lease.should_stop)
    sums = _Sums()
    for chunk in _bytes_of(found, base.path):
        if lease.should_stop():
            raise Stopped
        sums.add(chunk)
    row = PreparedFile(
        id=uuid7(),
        asset=need.asset,
        what=need.what,
        digest=need.digest,
        base_key=base.key,
        base_start=found.start,
        base_end=found.end,
        ending=need.ending,
        size_bytes=sums.size,
        crc32=sums.crc32,
        sha256=sums.sha256.hexdigest(),
    )
    _store(row, found)
    faults.point("downloads:stored")
    with lease.fence():
        kept, made = PreparedFile.objects.get_or_create(
            asset=row.asset, what=row.what, digest=row.digest, defaults=_columns(row)
        )
        if not made and row.key and kept.pk != row.pk:
            remove_key(row.pk, row.key)


def _picture(need: Need) -> bytes:
    """Return the JPEG of its cover; nothing where it has none, or the storage lost it."""
    key = need.cover.full_key if need.cover else ""
    if key == covers.BLANK_KEY:
        return covers.data()
    return get_storage().read(key) if key and get_storage().exists(key) else b""


def _columns(row: PreparedFile) -> dict[str, Any]:
    names = [field.attname for field in PreparedFile._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name != "prepared_at"}


def _base(need: Need, lease: Lease, place: Workspace) -> _Base:
    """Return the file whose sound is given; a FLAC is made of the original the first time."""
    storage = get_storage()
    if need.base_key == need.asset.key:
        return _Base(need.base_key, place.original(need.asset))
    key = need.base_key or f"{FOLDER}flac-{need.asset.pk}.flac"
    if not need.base_key and not storage.exists(key):
        original, flac = place.original(need.asset), place.folder / "made.flac"
        demuxer = sniff(original)
        make_flac(original, demuxer, probe(original, demuxer), flac, should_stop=lease.should_stop)
        storage.write_file(key, flac, content_type="audio/flac")
        return _Base(key, flac)
    path = storage.local_path(key)
    if path is None:
        path = place.folder / "base"
        storage.fetch(key, path)
    return _Base(key, path)


def _store(row: PreparedFile, found: Difference) -> None:
    """Keep what is the prepared file's own: its head and tail, or all of it."""
    key, storage = f"{FOLDER}{row.pk}", get_storage()
    if found.whole is not None:
        row.key, row.head_size = key, row.size_bytes
        row.key_size = row.size_bytes
        storage.write_file(key, found.whole, content_type=TYPE)
    elif found.head or found.tail:
        row.key, row.head_size = key, len(found.head)
        row.key_size = len(found.head) + len(found.tail)
        storage.write(key, found.head + found.tail, content_type=TYPE)


class _Sums:
    """Size and sums of bytes, in one reading."""

    def __init__(self) -> None:
        self.size, self.crc32, self.sha256 = 0, 0, hashlib.sha256()

    def add(self, chunk: bytes) -> None:
        self.size += len(chunk)
        self.crc32 = zlib.crc32(chunk, self.crc32)
        self.sha256.update(chunk)


def _bytes_of(found: Difference, base: Path) -> Iterator[bytes]:
    yield found.head
    source = found.whole or base
    start, end = (0, source.stat().st_size) if found.whole else (found.start, found.end)
    with source.open("rb") as file:
        file.seek(start)
        while start < end and (chunk := file.read(min(1 << 20, end - start))):
            start += len(chunk)
            yield chunk
    yield found.tail
