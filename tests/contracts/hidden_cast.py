"""Who has to do with a hidden version, and what they ask for."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.test import Client

from social.models import Approver, Note, Notification, Reviewer, ReviewLink, User
from social.viewers import GUESTS
from tests.contracts.hidden_notes import Row
from tests.factories.notes import NoteFactory
from tests.factories.review import ReviewGuestFactory
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory, add_version
from tracks.models import Track
from tracks.versions import services as versions

SECRET = "The second verse is stolen"
PEOPLE = ("owner", "visitor", "guest", "stranger", "reviewer", "approver", "writer", "staff")
FORM = "application/x-www-form-urlencoded"


@dataclass
class Cast:
    """A public piece whose second version is hidden, and who has to do with it."""

    track: Track
    note: Note
    news: Notification
    link: ReviewLink
    guest: Any
    people: dict[str, User | None]

    def client(self, person: str) -> Client:
        """Return the browser of this person."""
        client = Client(raise_request_exception=False)
        if user := self.people[person]:
            client.force_login(user)
        if person == "guest":
            session = client.session
            session[GUESTS] = {str(self.link.pk): str(self.guest.pk)}
            session.save()
        return client

    def ask(self, person: str, row: Row) -> Any:
        """Send the row's request as this person; a guest brings the key of the link."""
        named = {"note": self.note.pk, "track": self.track.pk, "slug": self.track.slug}
        path = row.path.format(**named, news=self.news.pk)
        if person == "guest":
            path += ("&" if "?" in path else "?") + f"token={self.link.token}"
        data, kind = "", FORM
        if row.form is not None:
            data = urlencode(row.form)
        elif row.json is not None or "/api/" in path:
            data = json.dumps(row.json or {}).replace("{note}", str(self.note.pk))
            kind = "application/json"
        return self.client(person).generic(row.method, path, data, kind)


def make_cast() -> Cast:
    """Return the people, and a note with an answer on the version that was hidden since."""
    cache.clear()
    owner = UserFactory.create(handle="owner")
    track: Track = PublicTrackFactory.create(owner=owner, title="Harbour", slug="harbour")
    first = track.primary_version
    second = add_version(track)
    versions.make_primary(version=first, by=owner)
    track.refresh_from_db()
    reviewer, approver = UserFactory.create(), UserFactory.create()
    Reviewer.objects.create(track=track, user=reviewer, invited_by=owner)
    Approver.objects.create(track=track, user=approver, named_by=owner)
    writer = UserFactory.create(handle="writer", display_name="Wanda")
    Reviewer.objects.create(track=track, user=writer, invited_by=owner)
    note = NoteFactory.create(version=second, user=writer, body_md=SECRET)
    NoteFactory.create(version=second, user=owner, parent=note, body_md=f"{SECRET}, yes")
    guest = ReviewGuestFactory.create(link__track=track)
    news = Notification.objects.create(
        user=writer, kind="replied", actor=owner, actor_name="Owner", track=track, note=note
    )
    versions.hide(version=second, by=owner)
    people = {"owner": owner, "visitor": None, "guest": None, "stranger": UserFactory.create()}
    people |= {"reviewer": reviewer, "approver": approver, "writer": writer}
    people |= {"staff": StaffFactory.create()}
    return Cast(track, note, news, guest.link, guest, people)
