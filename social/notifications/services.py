"""Telling people what has happened to their notes and pieces."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from config.lib import live
from media_pipeline.events.services import subject_of
from media_pipeline.models import Event
from social.models import Note, Notification, User
from social.notifications.registry import KINDS, Notice
from tracks.access import may_listen


def follow(event: Event) -> None:
    """Tell of an event, where a kind of notification follows it."""
    for kind in KINDS.values():
        if kind.event == event.kind and (notice := kind.whom(event)):
            notify(kind.name, notice, event=event)


@transaction.atomic
def notify(kind: str, notice: Notice, *, event: Event) -> list[Notification]:
    """Tell each of these people once, but never who did it.

    Whoever may not open the track any more, or may not read the note, is told nothing. What has a
    key takes the place of what was told under it and is not read yet, and counts it.
    """
    author, note = notice.author, notice.note
    track = note.track if note else notice.track
    wanted = {person for person in notice.people if person} - {author.pk if author else None}
    hearers = User.objects.filter(pk__in=wanted, is_active=True, is_banned=False)
    about = note or track
    rows = [
        Notification(
            user=user,
            kind=kind,
            event=event.pk,
            key=notice.key,
            count=1 + _replaced(user.pk, notice.key),
            actor=author if isinstance(author, User) else None,
            actor_name=author.name if author else settings.SITE_NAME,
            track=track,
            note=note,
            subject=subject_of(about) if about else event.subject,
        )
        for user in hearers
        if track is None or (may_listen(track, user, holds_link=True) and _may_read(note, user))
    ]
    Notification.objects.bulk_create(rows)
    for row in rows:
        _announce(row.user_id)
    return rows


def _replaced(user_id: UUID, key: str) -> int:
    """Take away what this person has not read under this key; return how many that told of."""
    if not key:
        return 0
    rows = Notification.objects.select_for_update().filter(user=user_id, key=key, read_at=None)
    told = sum(row.count for row in rows)
    rows.delete()
    return told


def mark_read(*, user: User, notification_ids: Iterable[Any] | None = None) -> int:
    """Mark these, or all, of a person's news as read; returns how many were not."""
    unread = Notification.objects.filter(user=user, read_at=None)
    if notification_ids is not None:
        unread = unread.filter(pk__in=notification_ids)
    count = unread.update(read_at=timezone.now())
    if count:
        _announce(user.pk)
    return count


def _may_read(note: Note | None, user: User) -> bool:
    return note is None or Note.objects.meant_for(user).filter(pk=note.pk).exists()


def _announce(user_id: Any) -> None:
    transaction.on_commit(lambda: live.announce(f"person-{user_id}", "notifications.changed"))
