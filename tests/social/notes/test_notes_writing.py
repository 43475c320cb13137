"""Notes as they are written: moments, words, limits, threads, and whom they concern."""

import pytest

from config.lib.limits import LIMITS
from config.lib.problems import Problem
from social.models import Note, Notification, Placement, Resolution
from social.notes.services import notes
from tests.factories.notes import NoteFactory
from tests.factories.review import ReviewGuestFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import read_events
from tracks.models import Track, TrackVersion

pytestmark = pytest.mark.django_db
LENGTH_MS = 222_000


@pytest.fixture
def track() -> Track:
    return PublicTrackFactory.create()


@pytest.fixture
def version(track: Track) -> TrackVersion:
    assert track.primary_version
    return track.primary_version


def test_a_note_stands_where_it_was_written(version: TrackVersion) -> None:
    fan = UserFactory.create()
    note = notes.write(
        version=version, author=fan, body_md="  Too loud.\r\n", at_ms=62_000, until_ms=70_000
    )
    placed = Placement.objects.get(note=note)
    assert (placed.version, placed.at_ms, placed.until_ms) == (version, 62_000, 70_000)
    assert note.body_md == "Too loud."


@pytest.mark.parametrize(
    ("at_ms", "until_ms", "words"),
    [
        (LENGTH_MS + 1, None, "not in the piece"),
        (-1, None, "not in the piece"),
        (5_000, 5_000, "ends after it begins"),
        (5_000, 4_000, "ends after it begins"),
        (5_000, LENGTH_MS + 1, "within the piece"),
    ],
)
def test_a_moment_is_in_the_piece(
    version: TrackVersion, at_ms: int, until_ms: int | None, words: str
) -> None:
    fan = UserFactory.create()
    with pytest.raises(Problem, match=words):
        notes.write(version=version, author=fan, body_md="Hm.", at_ms=at_ms, until_ms=until_ms)
    assert not Note.objects.exists()


@pytest.mark.parametrize(("body", "words"), [(" \n", "what you hear"), ("x" * 10_001, "10,001")])
def test_words_have_their_measure(version: TrackVersion, body: str, words: str) -> None:
    with pytest.raises(Problem, match=words):
        notes.write(version=version, author=UserFactory.create(), body_md=body, at_ms=0)


def test_nobody_floods_a_piece(version: TrackVersion) -> None:
    fan = UserFactory.create()
    for _ in range(LIMITS["note"].most):
        notes.write(version=version, author=fan, body_md="Hm.", at_ms=0)
    with pytest.raises(Problem, match="Wait a minute") as refusal:
        notes.write(version=version, author=fan, body_md="Hm.", at_ms=0)
    assert refusal.value.status == 429
    notes.write(version=version, author=UserFactory.create(), body_md="Hm.", at_ms=0)


def news() -> list[tuple[str, str]]:
    read_events()
    return list(Notification.objects.order_by("id").values_list("user__handle", "kind"))


def test_whom_it_concerns_hears_of_it_once(track: Track, version: TrackVersion) -> None:
    ada, ben = UserFactory.create(handle="ada"), UserFactory.create(handle="ben")
    artist = track.owner.handle
    note = notes.write(version=version, author=ada, body_md="Hm.", at_ms=0)
    assert news() == [(artist, "noted")]
    notes.reply(parent=note, author=ben, body_md="Yes.")
    notes.reply(parent=note, author=ada, body_md="Ha.")
    assert sorted(news()[1:]) == sorted(
        [("ada", "replied"), (artist, "replied"), (artist, "replied"), ("ben", "replied")]
    )
    news()
    Notification.objects.all().delete()
    notes.resolve(note=note, by=track.owner, version=version)
    notes.resolve(note=note, by=track.owner, version=version)
    assert news() == [("ada", "answered")]


def test_what_one_does_oneself_is_no_news(track: Track, version: TrackVersion) -> None:
    note = notes.write(version=version, author=track.owner, body_md="To do.", at_ms=0)
    notes.resolve(note=note, by=track.owner)
    notes.assign(note=note, by=track.owner, to=track.owner)
    assert news() == []


def test_nobody_hears_of_a_piece_that_was_closed(track: Track, version: TrackVersion) -> None:
    note = notes.write(version=version, author=UserFactory.create(), body_md="Hm.", at_ms=0)
    news()
    Notification.objects.all().delete()
    Track.objects.update(visibility="private")
    note = Note.objects.get(pk=note.pk)
    notes.reply(parent=note, author=track.owner, body_md="Thanks.")
    assert news() == []


def test_a_guests_note_says_the_guests_name(track: Track, version: TrackVersion) -> None:
    guest = ReviewGuestFactory.create(link__track=track, name="Grandmother")
    notes.write(version=version, author=guest, body_md="Too loud.", at_ms=0)
    read_events()
    told = Notification.objects.get()
    assert (told.user, told.actor, told.actor_name) == (track.owner, None, "Grandmother")


def test_what_was_answered_stays_when_a_note_goes(track: Track, version: TrackVersion) -> None:
    note = NoteFactory.create(version=version)
    reply = notes.reply(parent=note, author=track.owner, body_md="Right.")
    notes.remove(note=note, by=note.user)
    note.refresh_from_db()
    assert note.body_md == ""
    assert Note.objects.get(pk=reply.pk).removed_at is None


def test_a_reply_to_a_reply_stays_in_the_thread(track: Track, version: TrackVersion) -> None:
    note = NoteFactory.create(version=version)
    first = notes.reply(parent=note, author=track.owner, body_md="Right.")
    second = notes.reply(parent=first, author=note.user, body_md="Good.")
    assert second.parent == note


def test_an_answered_note_is_opened_again(track: Track, version: TrackVersion) -> None:
    note = NoteFactory.create(version=version)
    notes.resolve(note=note, by=note.user)
    note = Note.objects.get(pk=note.pk)
    notes.reopen(note=note, by=track.owner)
    assert not Resolution.objects.exists()
