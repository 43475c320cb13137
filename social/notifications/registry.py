"""What people are told of: each app registers its kinds, in `AppConfig.ready`.

A kind follows a kind of event. `whom` is handed the event and answers with whom it concerns and
what it is about, or None when it has no meaning any more.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from media_pipeline.models import Event
from social.models import Note, Notification, ReviewGuest, User
from tracks.models import Track


@dataclass(frozen=True)
class Notice:
    """Whom (ids; None is left out) to tell of what; `author` is who did it, or nobody.

    What has the same `key` is told as one until it is read; "" tells each by itself.
    """

    people: Iterable[Any]
    author: User | ReviewGuest | None = None
    note: Note | None = None
    track: Track | None = None
    key: str = ""


Whom = Callable[[Event], Notice | None]


@dataclass(frozen=True)
class Kind:
    """A kind of notification: how it goes on after a name, and for several told as one."""

    name: str
    sentence: str
    event: str
    whom: Whom
    several: str = ""
    leads_to: Callable[[Notification], str] | None = None


KINDS: dict[str, Kind] = {}


def register(
    name: str,
    sentence: str,
    *,
    on: str,
    whom: Whom,
    several: str = "",
    leads_to: Callable[[Notification], str] | None = None,
) -> None:
    """Say that people are told of the event `on`. Raises ValueError for a name given twice.

    `several` is the sentence for many told as one; `{}` stands for how many others there are.
    `leads_to` says where what is not about a track leads; "" where that is gone.
    """
    if name in KINDS:
        raise ValueError(f"The notification {name!r} is registered twice.")
    KINDS[name] = Kind(name, sentence, on, whom, several, leads_to)


def sentence(kind: str, count: int = 1) -> str:
    """Return how a notification goes on after the name; "" for a kind nobody registers any more."""
    found = KINDS.get(kind)
    if found is None:
        return ""
    if count > 1 and found.several:
        return found.several.format(count - 1)
    return found.sentence


def place_of(row: Notification) -> str:
    """Return where a notification leads that is not about a track; "" where it leads nowhere."""
    found = KINDS.get(row.kind)
    return found.leads_to(row) if found and found.leads_to else ""


def row_of(event: Event, model: Any, name: str = "") -> Any:
    """Return the row an event is about, or that its data name; None when it is gone.

    Several kinds follow one event: it is asked for once.
    """
    pk = event.data[name] if name else event.subject.partition(":")[2]
    found: dict[Any, Any] = event.__dict__.setdefault("rows_of_it", {})
    if (model, pk) not in found:
        found[model, pk] = model.objects.filter(pk=pk).first()
    return found[model, pk]


def author_of(event: Event) -> User | None:
    """Return who did it, if they had an account and still have it."""
    return User.objects.filter(pk=event.actor).first() if event.actor else None
