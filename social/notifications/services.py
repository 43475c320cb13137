"""Telling people what has happened to their notes and pieces."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.lib import live
from social.models import Note, Notification, ReviewGuest, User
from tracks.access import may_listen
from tracks.models import Track

Person = User | ReviewGuest


@transaction.atomic
def notify(
    kind: str,
    people: Iterable[Any],
    *,
    author: Person,
    note: Note | None = None,
    track: Track | None = None,
) -> list[Notification]:
    """Tell each of these people (ids; None is left out) once, but never who did it.

    Whoever may not open the track any more, or may not read the note, is told nothing.
    """
    about = note.track if note else track
    if about is None:
        raise ValueError("Say which track it is about.")
    wanted = {person for person in people if person} - {author.pk}
    hearers = User.objects.filter(pk__in=wanted, is_active=True, is_banned=False)
    rows = [
        Notification(
            user=user,
            kind=kind,
            actor=author if isinstance(author, User) else None,
            actor_name=author.name,
            track=about,
            note=note,
        )
        for user in hearers
        if may_listen(about, user, holds_link=True) and _may_read(note, user)
    ]
    Notification.objects.bulk_create(rows)
    for row in rows:
        _announce(row.user_id)
    return rows


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
