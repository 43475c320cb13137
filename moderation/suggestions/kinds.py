"""When machines look: after something was written that others can see, in a job."""

from collections.abc import Callable
from typing import Any

from media_pipeline.events.rounds import register_reader
from media_pipeline.models import Event
from moderation.models import Scope
from moderation.suggestions.registry import Written
from moderation.suggestions.services import look
from moderation.things import KINDS, find
from social.events import NOTE_WRITTEN, PERSON_EDITED, PERSON_JOINED
from social.models import ArtistPage
from tracks.events import RELEASE_PUBLISHED, TRACK_EDITED, TRACK_PUBLISHED

Texts = Callable[[Any], dict[str, str]]


def _track(row: Any) -> dict[str, str]:
    if row.visibility == "private" or row.deleted_at:
        return {}
    return {"title": row.title, "description": row.description_md}


def _release(row: Any) -> dict[str, str]:
    if row.visibility == "private" or row.deleted_at:
        return {}
    said = {"title": row.title, "description": row.description_md}
    return said | {"liner notes": row.notes_md}


def _note(row: Any) -> dict[str, str]:
    if row.removed_at or row.track.visibility == "private":
        return {}
    return {"note": row.body_md}


def _person(row: Any) -> dict[str, str]:
    page = ArtistPage.objects.filter(user=row).first()
    return {"name": row.name, "text for the press": page.press_md if page else ""}


# What was written by each event, and its texts; none where only few may read it.
READ: dict[str, tuple[Scope, Texts]] = {
    TRACK_PUBLISHED: (Scope.TRACK, _track),
    TRACK_EDITED: (Scope.TRACK, _track),
    RELEASE_PUBLISHED: (Scope.RELEASE, _release),
    NOTE_WRITTEN: (Scope.NOTE, _note),
    PERSON_JOINED: (Scope.PERSON, _person),
    PERSON_EDITED: (Scope.PERSON, _person),
}


def read(event: Event) -> None:
    """Let the suggesters look at what an event tells of."""
    scope, texts = READ[event.kind]
    row = find(scope, event.subject.partition(":")[2])  # type: ignore[arg-type]
    said = {place: text for place, text in texts(row).items() if text} if row else {}
    if said:
        kind = KINDS[scope]
        look(Written(kind, row, kind.owner(row), said))


def register_all() -> None:
    """Let the machine know."""
    register_reader("suggestions", read, "Marks what moderators might look at", kinds=READ)
