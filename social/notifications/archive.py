"""What somebody was told, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import COUNT, ID, TIME, maybe, moment, row, text
from config.lib.kept import Section, register_section
from social.models import Notification, User
from social.notifications.registry import sentence

SCHEMA = row(
    "A notification, as you may read it now",
    id=ID,
    kind=text(40),
    sentence=text(500),
    by=text(80),
    track=maybe(ID),
    note=maybe(ID),
    count=COUNT,
    created_at=TIME,
    read_at=maybe(TIME),
)


def _rows(person: User) -> Iterator[dict[str, Any]]:
    for news in Notification.objects.heard_by(person).order_by("pk").iterator():
        yield {
            "id": str(news.pk),
            "kind": news.kind,
            "sentence": sentence(news.kind, news.count),
            "by": news.actor_name,
            "track": str(news.track_id) if news.track_id else None,
            "note": str(news.note_id) if news.note_id else None,
            "count": news.count,
            "created_at": moment(news.created_at),
            "read_at": moment(news.read_at),
        }


def register_all() -> None:
    """Say what goes along of notifications."""
    register_section(Section("notifications", "What you were told here.", SCHEMA, _rows))
