"""Who reads and who writes notes: everybody, invited reviewers, the owner, nobody; and guests."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from config.lib.problems import Problem
from social.models import Note, Reviewer, ReviewPolicy
from social.notes.services import notes
from social.viewers import Viewer
from tests.factories.notes import NoteFactory
from tests.factories.review import ReviewGuestFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db
WRITERS = {
    "everybody": {"owner", "reviewer", "fan", "guest"},
    "invited": {"owner", "reviewer", "guest"},
    "owner": {"owner"},
    "nobody": set(),
}


@pytest.fixture
def track() -> Track:
    return PublicTrackFactory.create()


@pytest.fixture
def cast(track: Track) -> dict[str, Any]:
    """The owner, a reviewer, a fan, and a guest with a name."""
    reviewer = UserFactory.create(handle="reviewer")
    Reviewer.objects.create(track=track, user=reviewer, invited_by=track.owner)
    return {
        "owner": track.owner,
        "reviewer": reviewer,
        "fan": UserFactory.create(handle="fan"),
        "guest": ReviewGuestFactory.create(link__track=track),
    }


@pytest.mark.parametrize("who", WRITERS)
def test_the_artist_says_who_writes(track: Track, cast: dict[str, Any], who: str) -> None:
    ReviewPolicy.objects.create(track=track, who=who)
    wrote, refused = set(), set()
    for name, author in cast.items():
        try:
            notes.write(version=track.primary_version, author=author, body_md="Hm.", at_ms=0)
            wrote.add(name)
        except Problem as refusal:
            refused.add((refusal.type, refusal.status))
    assert wrote == WRITERS[who]
    assert refused <= {("may-not-write", 403)}


def test_a_guest_whose_link_is_for_listening_does_not_write(track: Track) -> None:
    guest = ReviewGuestFactory.create(link__track=track, link__may_comment=False)
    with pytest.raises(Problem, match="not opened"):
        notes.write(version=track.primary_version, author=guest, body_md="Hm.", at_ms=0)


def test_a_guest_of_another_track_does_not_write_here(track: Track) -> None:
    guest = ReviewGuestFactory.create()
    with pytest.raises(Problem, match="not opened"):
        notes.write(version=track.primary_version, author=guest, body_md="Hm.", at_ms=0)


def viewers(cast: dict[str, Any]) -> dict[str, Viewer]:
    guest = cast["guest"]
    anybody = AnonymousUser()
    held = {"key": guest.link.token, "session": {}, "link": guest.link}
    return {
        "visitor": Viewer(anybody),
        "fan": Viewer(cast["fan"]),
        "reviewer": Viewer(cast["reviewer"]),
        "owner": Viewer(cast["owner"]),
        "guest": Viewer(anybody, guest=guest, **held),
    }


def readers(note: Note, cast: dict[str, Any]) -> set[str]:
    return {
        name
        for name, viewer in viewers(cast).items()
        if Note.objects.readable_by(viewer).filter(pk=note.pk).exists()
    }


def test_a_note_for_reviewers_is_read_by_them_alone(track: Track, cast: dict[str, Any]) -> None:
    version = track.primary_version
    note = NoteFactory.create(version=version, visibility="reviewers", user=track.owner)
    assert readers(note, cast) == {"owner", "reviewer", "guest"}
    answer = notes.reply(parent=note, author=cast["reviewer"], body_md="Yes.")
    assert answer.visibility == "reviewers"
    assert readers(answer, cast) == {"owner", "reviewer", "guest"}
    assert readers(NoteFactory.create(version=version), cast) == set(viewers(cast))


def test_nobody_reads_notes_of_a_piece_that_is_closed_to_them(cast: dict[str, Any]) -> None:
    closed = ReadyTrackFactory.create(owner=cast["owner"])
    note = NoteFactory.create(version=closed.primary_version, user=cast["fan"])
    assert readers(note, cast) == {"owner"}


def test_only_reviewers_write_for_reviewers(track: Track, cast: dict[str, Any]) -> None:
    with pytest.raises(Problem, match="Only reviewers"):
        notes.write(
            version=track.primary_version,
            author=cast["fan"],
            body_md="Secret.",
            at_ms=0,
            visibility="reviewers",
        )


DEEDS = {
    "edit": {"writer"},
    "remove": {"writer", "owner"},
    "resolve": {"writer", "owner"},
    "assign": {"owner"},
}


@pytest.mark.parametrize("action", DEEDS)
def test_who_does_what_to_a_note(track: Track, cast: dict[str, Any], action: str) -> None:
    writer = UserFactory.create(handle="writer")
    people = {"writer": writer, **{name: cast[name] for name in ("owner", "reviewer", "fan")}}
    did, refused = set(), set()
    for name, person in people.items():
        note = NoteFactory.create(version=track.primary_version, user=writer)
        more: dict[str, Any] = {"edit": {"body_md": "Anew."}, "assign": {"to": track.owner}}
        try:
            getattr(notes, action)(note=note, by=person, **more.get(action, {}))
            did.add(name)
        except Problem as refusal:
            refused.add(refusal.status)
    assert did == DEEDS[action]
    assert refused == {403}


def test_an_answered_note_keeps_its_words(track: Track) -> None:
    note = NoteFactory.create(version=track.primary_version)
    notes.resolve(note=note, by=track.owner)
    with pytest.raises(Problem, match="until it is resolved"):
        notes.edit(note=note, by=note.user, body_md="Anew.")


def test_a_note_is_given_to_reviewers_only(track: Track, cast: dict[str, Any]) -> None:
    note = NoteFactory.create(version=track.primary_version)
    notes.assign(note=note, by=track.owner, to=cast["reviewer"])
    with pytest.raises(Problem, match="Invite them"):
        notes.assign(note=note, by=track.owner, to=cast["fan"])
    note.refresh_from_db()
    assert note.assigned_to == cast["reviewer"]
