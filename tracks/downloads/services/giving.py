"""Handing out: a row for each download, and an address that is signed for it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from config.lib import limits
from config.lib.client import client_key
from config.lib.hidden import hidden
from config.lib.problems import Problem
from media_pipeline.delivery.signing import Claim
from media_pipeline.events.services import OWNER, tell
from media_pipeline.models import Job, Media
from media_pipeline.storage import get_storage
from tracks import access
from tracks.access import User
from tracks.downloads import parcels, selectors
from tracks.downloads.layout import part
from tracks.downloads.parcels import File
from tracks.downloads.selectors import Need
from tracks.downloads.services.preparing import prepare_now
from tracks.events import DOWNLOAD_GIVEN
from tracks.models import Download, Given, Parcel, PreparedFile, Release, Track

SCOPE = "give"
LIFE = timedelta(hours=12)  # of an address: a slow line needs long for four gigabytes
RETRY_SECONDS = 3


@dataclass(frozen=True)
class Asker:
    """Who asks: the person, the address they are counted by, the key they hold, and whether they
    go on with something."""

    user: User
    address: str = ""
    key: str = ""
    resumes: bool = False

    @property
    def visitor(self) -> str:
        """Return the pseudonym of who is not signed in."""
        return "" if self.user.is_authenticated else hidden(self.address, "download")


def asker(request: Any, key: str) -> Asker:
    """Return who asks, and by which key."""
    return Asker(request.user, client_key(request), key, resumes="Range" in request.headers)


def ask(*, thing: Track | Release, what: str, by: Asker) -> Download:
    """Let somebody take this: return the row by which it is counted, and its address signed.

    Whoever goes on with what they began within the life of its address gets the same row. Raises
    Problem: `not-allowed` (403), `not-there` (404), `being-prepared` (202, with the seconds after
    which to ask again, and `progress` in percent where it is known), `too-many` (429).
    """
    if what not in Given.values:
        raise Problem("not-there", "There is nothing like this of it.", status=404)
    if not access.may_download(by.user, thing, what, key=by.key):
        sentence = "This is not open to you. Its artist decides who may keep it."
        raise Problem("not-allowed", sentence, status=403)
    parcel = _kept(_packed(thing, what, by.user))
    begun = _begun(thing, what, by, parcel) if by.resumes else None
    if begun is None:
        limits.spend("download", by.address)
    return begun or _note(thing, what, by, parcel)


def is_ready(thing: Track | Release, what: str, user: User) -> bool:
    """Tell whether all of this lies ready, and so could be taken at once."""
    needs = _needs(thing, what, user)
    return bool(needs) and len(selectors.ready(needs)) == len({one.identity for one in needs})


def address_of(download: Download) -> str:
    """Return the signed address of a download, good for twelve hours."""
    parcel = download.parcel
    if parcel is None:
        raise ValueError("what was forgotten has no address")
    expiry = int(time.time() + LIFE.total_seconds())
    words = [expiry, _signature(download.pk, expiry, parcel), download.pk]
    return reverse("download-file", args=[*words, parcel.filename])


def opened(download_id: UUID, expiry: int, signature: str) -> Parcel:
    """Return what a signed address leads to.

    Raises Problem: `link-expired`, `link-invalid` (403). Whatever closes a track of it raises the
    epoch of its media, and ends the address with it.
    """
    if expiry < time.time():
        raise Problem("link-expired", "This link has ended. Ask for a new one.", status=403)
    rows = Download.objects.select_related("parcel").filter(pk=download_id, ended_at=None)
    row = rows.first()
    parcel = row.parcel if row else None
    if parcel is None or not _claim(download_id, expiry, len(parcel.media)).is_proven_by(
        signature, _epochs(parcel)
    ):
        raise Problem("link-invalid", "This link opens nothing (any more).", status=403)
    return parcel


def read(parcel: Parcel, start: int, end: int) -> Iterator[bytes]:
    """Yield bytes of a parcel in chunks, each read once. Raises FileNotFoundError."""
    storage = get_storage()
    for stretch in part(parcels.stretches_of(parcel), start, end):
        if isinstance(stretch, bytes):
            yield stretch
        else:
            yield from storage.stream(*stretch)


def _packed(thing: Track | Release, what: str, user: User) -> Parcel:
    needs = _needs(thing, what, user)
    there = selectors.ready(needs)
    if not needs:
        if what == Given.MP3 and _is_coming(thing):
            raise being_prepared()
        raise Problem("not-there", "There is nothing like this of it.", status=404)
    if what == Given.MP3 and any(n.what != what for n in needs) and _is_coming(thing):
        raise being_prepared()
    if any(need.identity not in there for need in needs):
        job = prepare_now(thing, what)
        if job.state in {Job.State.FAILED, Job.State.QUARANTINED}:
            why = job.error or "Its artist has to bring the file again."
            raise Problem("not-there", f"This could not be made ready. {why}", status=404)
        raise being_prepared(job)
    files = [File(need, there[need.identity]) for need in needs]
    rows = [file.row.pk for file in files]
    PreparedFile.objects.filter(pk__in=rows).update(wanted_at=timezone.now())
    if isinstance(thing, Release):
        return parcels.of_release(thing, files)
    if what == Given.STEMS:
        return parcels.of_stems(thing, files)
    return parcels.of_file(files[0].need.track, files[0])


def being_prepared(job: Job | None = None) -> Problem:
    """Return the refusal of what is not ready yet."""
    sentence = "This is being made ready. Ask again in some seconds."
    more: dict[str, Any] = {"progress": job.progress} if job else {}
    return Problem("being-prepared", sentence, status=202, retry_after=RETRY_SECONDS, **more)


def _needs(thing: Track | Release, what: str, user: User) -> list[Need]:
    if isinstance(thing, Release):
        if what not in selectors.OF_RELEASE:
            return []
        return selectors.needs_of_release(thing, what, user)
    track = selectors.with_sound(Track.objects.filter(pk=thing.pk)).first()
    if track is None:
        return []
    return selectors.needs_of_track(track, what, *selectors.place_of(track))


def _is_coming(thing: Track | Release) -> bool:
    """Tell whether the machine is at the MP3 of it still."""
    live = Job.objects.filter(
        kind=Job.Kind.EXTRAS, state__in=[Job.State.PENDING, Job.State.RUNNING]
    )
    one = {"asset__media__version__track": thing.pk}
    many = {"asset__media__version__track__release_items__release": thing.pk}
    return live.filter(**(many if isinstance(thing, Release) else one)).exists()


def _kept(parcel: Parcel) -> Parcel:
    names = ("filename", "content_type", "size_bytes", "stretches", "media", "files")
    words = {name: getattr(parcel, name) for name in names}
    row, made = Parcel.objects.get_or_create(digest=parcel.digest, defaults=words)
    if not made:
        Parcel.objects.filter(pk=row.pk).update(used_at=timezone.now())
    return row


def _begun(thing: Track | Release, what: str, by: Asker, parcel: Parcel) -> Download | None:
    rows = Download.objects.filter(
        what=what, parcel=parcel, ended_at=None, at__gt=timezone.now() - LIFE
    )
    rows = rows.filter(**{_column(thing): thing.pk})
    if by.user.is_authenticated:
        rows = rows.filter(user_id=by.user.pk)
    else:
        rows = rows.filter(user=None, visitor=by.visitor)
    return rows.select_related("parcel").order_by("-pk").first()


@transaction.atomic
def _note(thing: Any, what: str, by: Asker, parcel: Parcel) -> Download:
    download: Download = Download.objects.create(
        **{_column(thing): thing.pk},
        user_id=by.user.pk if by.user.is_authenticated else None,
        visitor=by.visitor,
        owner_id=thing.owner_id,
        version_id=getattr(thing, "primary_version_id", None),
        title=thing.title,
        what=what,
        granted_original=what == Given.ORIGINAL,
        granted_stems=what == Given.STEMS,
        size_bytes=parcel.size_bytes,
        parcel=parcel,
    )
    by_id = download.user_id
    tell(DOWNLOAD_GIVEN, of=download, by=by_id, audience=OWNER, owner=thing.owner_id)
    return download


def _column(thing: Track | Release) -> str:
    return "release_id" if isinstance(thing, Release) else "track_id"


def _epochs(parcel: Parcel) -> int:
    """Return the sum of the epochs of all media in it; they only rise. -1 where one is gone."""
    epochs = Media.objects.filter(pk__in=parcel.media).values_list("epoch", flat=True)
    return sum(epochs) if len(epochs) == len(parcel.media) else -1


def _claim(download: UUID, expiry: int, count: int) -> Claim:
    return Claim(expiry, SCOPE, download, str(count))


def _signature(download: UUID, expiry: int, parcel: Parcel) -> str:
    return _claim(download, expiry, len(parcel.media)).signature(_epochs(parcel))
