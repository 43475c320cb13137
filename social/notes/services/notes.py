"""Writing notes on the waveform, answering them, and taking them away.

Every action first asks `permits` whether its doer may do it, which sees what they see; then it
writes, tells whom it concerns, and tells the open rooms on commit. Nothing is written before.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from config.lib import kept_pages, live
from config.lib.limits import spend
from config.lib.lines import is_seen
from config.lib.problems import Problem
from media_pipeline.events.services import VIEWERS, tell
from social.events import NOTE_ASSIGNED, NOTE_RESOLVED, NOTE_WRITTEN
from social.models import Note, Notification, Placement, Resolution, ReviewGuest, User
from social.notes.selectors.places import placed_version
from social.notes.services import carry_over, permits
from social.notes.services.permits import NO, Author, Doer, viewer_for
from tracks.models import TrackVersion

BODY_MAX = 10_000  # characters


@transaction.atomic
def write(
    *,
    version: TrackVersion,
    author: Doer,
    body_md: str,
    at_ms: int,
    until_ms: int | None = None,
    visibility: str = Note.Visibility.EVERYBODY,
) -> Note:
    """Write a note at a moment, or over a passage, of a version; its owner hears of it.

    Raises Problem: `no-name`, `may-not-write`, `not-found`, `too-many`, `invalid-note`.
    """
    viewer = viewer_for(author)
    rights = permits.to_write(version, viewer)
    check_moment(version, at_ms, until_ms)
    if visibility == Note.Visibility.REVIEWERS and not rights.reads_all:
        raise Problem("invalid-note", "Only reviewers write for reviewers alone.")
    writer = permits.author_of(viewer)
    note = _make(version, writer, body_md, at_ms, until_ms, visibility)
    Placement.objects.create(note=note, version=version, at_ms=at_ms, until_ms=until_ms)
    _tell(NOTE_WRITTEN, note, writer)
    carry_over.due_again(note=note)
    announce_change(note)
    return note


@transaction.atomic
def reply(*, parent: Note, author: Doer, body_md: str, version: TrackVersion | None = None) -> Note:
    """Answer a note, for whoever may read it; the people of its thread hear of it.

    `version` is the one that was shown. Raises Problem like `write`.
    """
    root, viewer = parent.parent or parent, viewer_for(author)
    shown = version or placed_version(root, viewer) or root.version
    permits.to_write(shown, viewer)
    permits.to_read(root, viewer)
    if shown.track_id != root.track_id:
        raise Problem("not-found", "There is no such version.", status=404)
    writer, words = permits.author_of(viewer), body_md
    note = _make(shown, writer, words, root.at_ms, root.until_ms, root.visibility, root)
    _tell(NOTE_WRITTEN, note, writer)
    announce_change(root)
    return note


@transaction.atomic
def edit(*, note: Note, by: Doer, body_md: str) -> Note:
    """Change the words of one's own note. Raises Problem: `may-not-edit`, `invalid-note`."""
    if not permits.to_read(note, viewer_for(by)).may_edit(note):
        raise Problem("may-not-edit", "Only its writer changes a note, until it is resolved.", **NO)
    words = _words(body_md)
    if words != note.body_md:
        note.body_md, note.edited_at = words, timezone.now()
        note.save(update_fields=["body_md", "edited_at"])
        announce_change(note)
    return note


@transaction.atomic
def remove(*, note: Note, by: Doer) -> None:
    """Delete a note; what was answered to it stays. Raises Problem: `may-not-remove`."""
    if not permits.to_read(note, viewer_for(by)).may_remove(note):
        sentence = "Only its writer and the artist take a note away."
        raise Problem("may-not-remove", sentence, **NO)
    take_away(note=note)


@transaction.atomic
def take_away(*, note: Note) -> None:
    """Empty a note, whoever decided it: open rooms lose it, and nobody is sent to it any more."""
    note.removed_at, note.body_md = timezone.now(), ""
    note.save(update_fields=["removed_at", "body_md"])
    Notification.objects.filter(note=note, read_at=None).delete()
    announce_change(note)


@transaction.atomic
def resolve(*, note: Note, by: Doer, version: TrackVersion | None = None) -> None:
    """Resolve a note, in `version` if that is known; its writer hears of it.

    Raises Problem: `may-not-resolve`. Doing it twice changes nothing.
    """
    person = _may_resolve(note, by)
    # Two people may answer at once: the row decides who was first.
    _, is_new = Resolution.objects.get_or_create(
        note=note, defaults={"by": person, "version": version}
    )
    if is_new:
        _tell(NOTE_RESOLVED, note, person)
        announce_change(note)


@transaction.atomic
def reopen(*, note: Note, by: Doer) -> None:
    """Open a resolved note again. Raises Problem: `may-not-resolve`."""
    _may_resolve(note, by)
    gone, _ = Resolution.objects.filter(note=note).delete()
    if gone:
        note.refresh_from_db()
        carry_over.due_again(note=note)
        announce_change(note)


@transaction.atomic
def assign(*, note: Note, by: Doer, to: User | None) -> None:
    """Give a note to the owner or a reviewer to see to, or to nobody; they hear of it.

    Raises Problem: `may-not-assign`, `not-a-reviewer`, `hidden-version`.
    """
    viewer = viewer_for(by)
    if not permits.to_read(note, viewer).may_assign(note):
        raise Problem("may-not-assign", "Only the artist gives notes to people.", **NO)
    if to:
        permits.to_be_given(note, to)
    if note.assigned_to_id == (to.pk if to else None):
        return
    note.assigned_to = to
    note.save(update_fields=["assigned_to"])
    if to:
        _tell(NOTE_ASSIGNED, note, permits.author_of(viewer), to=to.pk)
    announce_change(note)


def _tell(kind: str, note: Note, author: Author, **ids: UUID) -> None:
    """Write down that this has happened to a note; a guest has no account to be named by."""
    by = author.pk if isinstance(author, User) else None
    words = {"track": note.version.track_id, "version": note.version_id}
    tell(kind, of=note, by=by, audience=VIEWERS, **words, **ids)


def check_moment(version: TrackVersion, at_ms: int, until_ms: int | None) -> None:
    """Refuse a moment or a passage that is not in the version: Problem `invalid-note`."""
    facts = getattr(version.media.asset, "facts", None)
    longest = facts.duration_ms if facts else None
    if at_ms < 0 or (longest is not None and at_ms > longest):
        raise Problem("invalid-note", "This moment is not in the piece.", field="at_ms")
    if until_ms is not None and (until_ms <= at_ms or (longest is not None and until_ms > longest)):
        sentence = "A passage ends after it begins, and within the piece."
        raise Problem("invalid-note", sentence, field="until_ms")


def announce_change(note: Note) -> None:
    """Tell every open room, once this is committed, that a thread has changed."""
    kept_pages.forget(f"notes:{note.track_id}")
    group, thread = f"notes-{note.track_id}", str(note.parent_id or note.pk)
    transaction.on_commit(lambda: live.announce(group, "notes.changed", thread=thread))


def _make(
    version: TrackVersion,
    author: Author,
    body_md: str,
    at_ms: int,
    until_ms: int | None,
    visibility: str,
    parent: Note | None = None,
) -> Note:
    words = _words(body_md)
    spend("note", author.pk)
    return Note.objects.create(
        track=version.track,
        version=version,
        user=author if isinstance(author, User) else None,
        guest=author if isinstance(author, ReviewGuest) else None,
        parent=parent,
        at_ms=at_ms,
        until_ms=until_ms,
        body_md=words,
        visibility=visibility,
    )


def _words(body_md: str) -> str:
    words = body_md.replace("\r\n", "\n").strip()
    if not is_seen(words):
        raise Problem("invalid-note", "Write what you hear.", field="body_md")
    if len(words) > BODY_MAX:
        sentence = f"A note has up to {BODY_MAX:,} characters; this one has {len(words):,}."
        raise Problem("invalid-note", sentence, field="body_md")
    return words


def _may_resolve(note: Note, by: Doer) -> User:
    viewer = viewer_for(by)
    rights = permits.to_read(note, viewer)
    if not rights.may_resolve(note) or not isinstance(viewer.user, User):
        sentence = "Only its writer and the artist resolve a note."
        raise Problem("may-not-resolve", sentence, **NO)
    return viewer.user
