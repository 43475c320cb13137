"""From parts that have arrived to a track that will sound."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from config.lib.lines import one_line
from config.lib.problems import Problem
from media_pipeline.assets.services.removal import remove_media
from media_pipeline.events.services import VIEWERS, tell
from media_pipeline.jobs.services import jobs
from media_pipeline.models import Job, Media, Upload
from media_pipeline.uploads.services import completion as upload_completion
from tracks import attesting
from tracks.events import VERSION_ADDED
from tracks.models import Release, Stem, Track, TrackVersion, TrackVisual
from tracks.models.slugs import new_slug
from tracks.releases.services import drafts
from tracks.visibility.services import holding
from tracks.visibility.services.closing import look_again

TITLE_MAX = 200
SLUG_TRIES = 4
# "01 ", "1. ", "1 - ", "1-01 ", "12_"; never "99 Luftballons", "4 33" or "7.5 hours".
NUMBER_IN_FRONT = re.compile(
    r"^\s*(?:\d{1,2}[-.](?=\d))?(?:0\d{1,2}[\s._-]+|\d{1,3}\s?[._-][\s._-]{0,9}(?!\d))(?=\S)",
    re.ASCII,
)


@dataclass(frozen=True)
class UploadTarget:
    """What the bytes are to become: a new track, a version or a picture of one, or a stem."""

    title: str = ""
    visibility: str = Track.Visibility.PRIVATE
    description_md: str = ""
    version_of: Track | None = None
    label: str = ""
    note_md: str = ""
    stem_of: TrackVersion | None = None
    role: str = Stem.Role.OTHER
    visual_of: Track | None = None


Thing = TrackVersion | Stem | TrackVisual


@dataclass(frozen=True)
class CompletedUpload:
    """What an upload has become. `created` is False when it had become that before."""

    thing: Thing
    job: Job
    created: bool

    @property
    def track(self) -> Track:
        """Return the track it belongs to."""
        return self.thing.version.track if isinstance(self.thing, Stem) else self.thing.track


def complete(
    *,
    upload: Upload,
    by: Any,
    etags: dict[int, str],
    target: UploadTarget,
    copy: bool = False,
    also: Callable[[Thing], object] = lambda _thing: None,
) -> CompletedUpload:
    """Make the original, its version and its job at once, and wake a worker.

    The same call again gives the same answer, whatever was killed in between. With `copy` one's
    own same bytes are used and no part is needed; `also` is done in the transaction that makes the
    thing, once. Raises the Problems of
    `upload_completion.completing` and `.name`, and `upload-closed` where the track is gone again.
    """
    with upload_completion.completing(upload=upload, etags=etags, copy=copy) as row:
        if row.state == Upload.State.COMPLETED:
            return _what_it_became(row)
        media = upload_completion.name(row, copy=copy)
        thing = _make(row, media, by, target)
        also(thing)
        kind = Job.Kind.VISUAL if isinstance(thing, TrackVisual) else Job.Kind.PROCESS
        job = jobs.enqueue(kind, asset=media.asset)
        return CompletedUpload(thing, job, created=True)


def on_release(release: Release | None, path: str) -> Callable[[Thing], object]:
    """Return what gives a new piece its place on a draft, for `also` of `complete`."""

    def take_place(thing: Thing) -> None:
        if release is not None and isinstance(thing, TrackVersion):
            drafts.add(release=release, track=thing.track, path=path)

    return take_place


def title_from(filename: str) -> str:
    """Return a first guess: "01_my-song.final.wav" becomes "My song final".

    A number in front goes where it counts: padded with zeros, or set off by a point or a dash.
    Where blanks part the words, points and dashes belong to them.
    """
    stem = filename.rpartition(".")[0] or filename
    rest = NUMBER_IN_FRONT.sub("", stem, count=1)
    separators = r"[_\s]+" if " " in rest.strip() else r"[_\-\s.]+"
    words = re.sub(separators, " ", rest).strip() or filename
    return (words[0].upper() + words[1:])[:TITLE_MAX]


def _what_it_became(upload: Upload) -> CompletedUpload:
    there, below = {"track__deleted_at": None}, {"version__track__deleted_at": None}
    thing: Thing | None = (
        TrackVersion.objects.filter(upload=upload, **there).select_related("track").first()
        or Stem.objects.filter(upload=upload, **below).select_related("version__track").first()
        or TrackVisual.objects.filter(upload=upload, **there).select_related("track").first()
    )
    if thing is None:
        raise Problem(
            "upload-closed",
            "This upload was completed, and its track has been deleted since.",
            status=409,
            state=upload.state,
        )
    jobs_of_it = Job.objects.exclude(kind=Job.Kind.EXTRAS).filter(asset__upload=upload)
    job = jobs_of_it.earliest("created_at")
    return CompletedUpload(thing, job, created=False)


def _make(upload: Upload, media: Media, by: Any, target: UploadTarget) -> Thing:
    if target.stem_of:
        return _add_stem(upload, media, by, target, target.stem_of)
    if target.visual_of:
        return _put_visual(upload, media, by, target.visual_of)
    return _add_version(upload, media, by, target)


def _add_stem(
    upload: Upload, media: Media, by: Any, target: UploadTarget, version: TrackVersion
) -> Stem:
    TrackVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    last = version.stems.aggregate(last=Max("position"))["last"] or 0
    return Stem.objects.create(
        version=version,
        role=target.role,
        title=one_line(target.title) or title_from(upload.filename)[:80],
        position=last + 1,
        media=media,
        upload=upload,
        created_by=by,
    )


def _put_visual(upload: Upload, media: Media, by: Any, track: Track) -> TrackVisual:
    """Make it the track's one picture; an earlier one goes."""
    Track.objects.locked(track.pk)
    for earlier in TrackVisual.objects.filter(track=track).select_related("media"):
        look_again([earlier.media], [track.pk])
        earlier.delete()
        remove_media(earlier.media)
    return TrackVisual.objects.create(track=track, media=media, upload=upload, created_by=by)


def _add_version(upload: Upload, media: Media, by: Any, target: UploadTarget) -> TrackVersion:
    if target.version_of:
        track = Track.objects.locked(target.version_of.pk)
    else:
        track = _new_track(upload, by, target)
    last = track.versions.aggregate(last=Max("number"))["last"] or 0
    version = TrackVersion.objects.create(
        track=track,
        number=last + 1,
        label=one_line(target.label),
        note_md=target.note_md.strip(),
        media=media,
        upload=upload,
        created_by=by,
    )
    tell(VERSION_ADDED, of=version, by=by.pk, audience=VIEWERS, track=track.pk)
    # What could not be played gives way to what takes its place.
    primary = track.primary_version
    if primary is None or primary.status == TrackVersion.Status.FAILED:
        track.primary_version = version
        track.save(update_fields=["primary_version", "updated_at"])
    return version


def _new_track(upload: Upload, by: Any, target: UploadTarget) -> Track:
    told = one_line(target.title)
    title = told or title_from(upload.filename)
    for _ in range(SLUG_TRIES):
        try:
            with transaction.atomic():
                made: Track = Track.objects.create(
                    owner=by,
                    slug=new_slug(title),
                    title=title,
                    title_guessed=not told,
                    description_md=target.description_md,
                    visibility=target.visibility,
                )
                holding.is_held(made)  # asked where it becomes public, so that nothing is between
            if target.visibility != Track.Visibility.PRIVATE:
                attesting.require([made.pk])
            return made
        except IntegrityError:  # somebody took the slug in between
            continue
    raise Problem("busy", "Too many tracks get this title at once. Try again.", status=503)
