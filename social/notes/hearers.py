"""Who hears of notes: the track's owner, the people of a thread, whom one is given to."""

from media_pipeline.models import Event
from social.events import NOTE_ASSIGNED, NOTE_RESOLVED, NOTE_WRITTEN
from social.models import Note, Resolution
from social.notifications.registry import Notice, author_of, register, row_of


def _note(event: Event) -> Note | None:
    found: Note | None = row_of(event, Note)
    return found if found and found.removed_at is None else None


def _written(event: Event) -> Notice | None:
    note = _note(event)
    if note is None or note.parent_id:
        return None
    return Notice([note.track.owner_id], note.user or note.guest, note)


def _replied(event: Event) -> Notice | None:
    note = _note(event)
    if note is None or note.parent is None:
        return None
    root = note.parent
    wrote = root.replies.exclude(user=None).filter(pk__lt=note.pk).values_list("user_id", flat=True)
    people = [root.track.owner_id, root.user_id, root.assigned_to_id, *wrote]
    return Notice(people, note.user or note.guest, note)


def _resolved(event: Event) -> Notice | None:
    note = _note(event)
    if note is None or not Resolution.objects.filter(note=note).exists():
        return None
    return Notice([note.user_id], author_of(event), note)


def _assigned(event: Event) -> Notice | None:
    note = _note(event)
    if note is None or str(note.assigned_to_id) != event.data["to"]:
        return None
    return Notice([note.assigned_to_id], author_of(event), note)


def register_all() -> None:
    """Say what people are told."""
    register("noted", "wrote a note on your piece", on=NOTE_WRITTEN, whom=_written)
    register("replied", "replied to your note", on=NOTE_WRITTEN, whom=_replied)
    register("answered", "resolved your note", on=NOTE_RESOLVED, whom=_resolved)
    register("assigned", "gave you a note to see to", on=NOTE_ASSIGNED, whom=_assigned)
