"""A room of notes as its doors need it: found for one viewer, and told as HTML.

Pages and sockets both go through here, so that a socket never tells what the page would not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse

from social.models import Note
from social.notes.rights import Rights, rights_on
from social.notes.selectors.threads import Filters, Threads, threads_on
from social.viewers import Viewer
from tracks.models import Track, TrackVersion

STATES = ("open", "resolved")
NUMBER_DIGITS = 6


@dataclass(frozen=True)
class NoteQuery:
    """What an address asks for: `number` of the version shown (empty: the primary one)."""

    number: str
    filters: Filters

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "NoteQuery":
        """Read the query of a page or a socket; an unknown state is as good as none."""
        state = query.get("state", "")
        filters = Filters(
            state=state if state in STATES else "",
            by=query.get("by", ""),
            written=query.get("written", ""),
        )
        return cls(query.get("v", ""), filters)


@dataclass(frozen=True)
class NotesPage:
    """The notes of one version, opened to one viewer."""

    version: TrackVersion
    rights: Rights
    asked: NoteQuery

    @property
    def track(self) -> Track:
        """Return the track."""
        return self.version.track

    @cached_property
    def is_one_of_many(self) -> bool:
        """Tell whether this viewer, signed in, sees here what others with an account see: nothing
        is theirs. One query at most."""
        rights, user = self.rights, self.rights.viewer.user
        if rights.reads_all or rights.viewer.key or not user.is_authenticated:
            return False
        return not Note.objects.filter(track=self.track, user_id=user.pk).exists()

    @property
    def query(self) -> str:
        """Return the query that leads back here: the version, the key, what is left out."""
        filters = self.asked.filters
        words: dict[str, Any] = {"v": self.version.number, "token": self.rights.viewer.key}
        words |= {"state": filters.state, "by": filters.by, "written": filters.written}
        return urlencode({name: word for name, word in words.items() if word})

    @property
    def url(self) -> str:
        """Return the room's own page."""
        return f"{reverse('track-notes', args=[self.track.pk])}?{self.query}"

    @property
    def track_url(self) -> str:
        """Return the page this viewer hears this version on."""
        link = self.rights.viewer.link
        is_by_link = link is not None and link.track_id == self.track.pk
        page = reverse("review-page", args=[link.token]) if link and is_by_link else ""
        page = page or self.track.get_absolute_url()
        if self.version.pk == self.track.primary_version_id:
            return page
        return f"{page}?v={self.version.number}"

    def threads(self, after: str = "", only: Iterable[UUID] | None = None) -> Threads:
        """Return a page of what is here, or some threads of it."""
        return threads_on(self.version, self.rights, self.asked.filters, after=after, only=only)

    def messages(self, ids: Iterable[UUID]) -> list[dict[str, Any]]:
        """Return these threads as a script takes them; `html` is None where one is not here."""
        asked = list(dict.fromkeys(ids))
        found = {thread.note.pk: thread for thread in self.threads(only=asked).threads}
        return [
            {
                "kind": "thread",
                "id": str(key),
                "html": _draw(self, found[key]) if key in found else None,
                "words": found[key].sentence if key in found else "",
            }
            for key in asked
        ]

    def stamps(self, after: str = "") -> tuple[dict[str, list[str]], str]:
        """Return for each thread of a page the stamps of all that is said in it, and the cursor of
        the next page, empty after the last."""
        found = self.threads(after)
        stamps = {
            str(thread.note.pk): [each.stamp for each in (thread, *thread.replies)]
            for thread in found.threads
        }
        return stamps, found.next_cursor


def open_notes_page(viewer: Viewer, track_id: UUID, asked: NoteQuery) -> NotesPage | None:
    """Return the room if this viewer may hear that version; None otherwise."""
    versions = TrackVersion.objects.opened_by(*viewer.opens).filter(track_id=track_id)
    if not asked.number:
        versions = versions.filter(pk=F("track__primary_version_id"))
    elif asked.number.isascii() and asked.number.isdecimal():
        versions = versions.filter(number=int(asked.number[:NUMBER_DIGITS]))
    else:
        return None
    version = versions.select_related("track__owner", "media__asset__facts").first()
    return NotesPage(version, rights_on(version.track, viewer), asked) if version else None


def _draw(notes_page: NotesPage, thread: Any) -> str:
    return render_to_string("social/notes/_thread.html", {"thread": thread, "page": notes_page})
