"""Notes as files: what goes out comes back whole, and nothing half."""

import csv
import io
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from social.models import Note, Placement, Resolution, Reviewer, User
from social.notes.services import files as note_files
from social.notes.services.files import Refused, import_notes
from tests.factories.review import ReviewGuestFactory, ReviewLinkFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, add_version
from tracks.models import Track


@pytest.fixture
def track(db: None) -> Track:
    """A private track of 222 s."""
    return ReadyTrackFactory(owner__handle="mira")


@pytest.fixture
def notes(track: Track) -> list[Note]:
    """A thread with an answer, a passage that was answered, and a note for reviewers."""
    guest = ReviewGuestFactory(link__track=track)
    fan = UserFactory(handle="fan", display_name="Fan")
    version: Any = track.primary_version
    base = {"track": track, "version": version}
    first = Note.objects.create(**base, guest=guest, at_ms=1000, body_md="=loud\n\n**here**")
    reply = Note.objects.create(**base, user=fan, at_ms=1000, parent=first, body_md="Yes")
    passage = Note.objects.create(
        **base, user=track.owner, at_ms=5000, until_ms=9000, body_md="Long"
    )
    closed = Note.objects.create(
        **base, user=track.owner, at_ms=2, body_md="Psst", visibility="reviewers"
    )
    Resolution.objects.create(note=passage, by=track.owner, version=version)
    for note in (first, passage, closed):
        Placement.objects.create(
            note=note, version=version, at_ms=note.at_ms, until_ms=note.until_ms
        )
    return [first, reply, passage, closed]


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def exported(track: Track, **asked: str) -> bytes:
    answer = as_(track.owner).get(f"/tracks/{track.slug}/notes/export/", asked)
    assert answer.status_code == 200
    return answer.content


def facts(track: Track) -> list[tuple[Any, ...]]:
    rows = Note.objects.filter(track=track).order_by("pk")
    return [
        (
            *(row.pk, row.parent_id, row.version_id, row.at_ms, row.until_ms, row.body_md),
            *(row.visibility, row.created_at, hasattr(row, "resolution"), row.placements.count()),
        )
        for row in rows
    ]


def test_what_goes_out_comes_back(track: Track, notes: list[Note]) -> None:
    data, before = exported(track), facts(track)
    Note.objects.all().delete()
    done = import_notes(track=track, by=track.owner, data=data)
    assert (done.added, done.known) == (4, 0)
    assert facts(track) == before
    assert exported(track) == data
    writers = Note.objects.order_by("pk").values_list("user__handle", "attribution")
    assert list(writers) == [("mira", "Ana"), ("mira", "Fan"), ("mira", ""), ("mira", "")]


def test_the_same_file_twice_changes_nothing(track: Track, notes: list[Note]) -> None:
    data, before = exported(track), facts(track)
    done = import_notes(track=track, by=track.owner, data=data)
    assert (done.added, done.known) == (0, 4)
    assert facts(track) == before
    assert Note.objects.get(pk=notes[1].pk).user.handle == "fan", "it stays its writer's"


def test_rows_without_ids_are_known_again(track: Track) -> None:
    data = b"at_ms,text\n5,a\n5,b\n"
    assert import_notes(track=track, by=track.owner, data=data).added == 2
    assert import_notes(track=track, by=track.owner, data=data).known == 2


def test_another_tracks_notes_are_copied_not_taken(track: Track, notes: list[Note]) -> None:
    other = ReadyTrackFactory()
    data, before = exported(track), facts(track)
    for added in (4, 0):
        assert import_notes(track=other, by=other.owner, data=data).added == added
    assert facts(track) == before
    copies = Note.objects.filter(track=other)
    assert {note.parent.track for note in copies.exclude(parent=None)} == {other}
    assert set(copies.values_list("user", flat=True)) == {other.owner.pk}


def test_a_version_may_be_chosen(track: Track, notes: list[Note]) -> None:
    add_version(track)
    second: Any = track.primary_version
    Placement.objects.create(note=notes[0], version=second, at_ms=1500)
    there = csv.DictReader(io.StringIO(exported(track, v="2").decode("utf-8-sig")))
    assert [(row["version"], row["at_ms"], row["text"]) for row in there] == [
        ("2", "1500", "'=loud\n\n**here**"),
        ("2", "1500", "Yes"),
    ]
    data = b"at_ms,text\n5,a\n"
    import_notes(track=track, by=track.owner, data=data, number=1)
    assert Note.objects.get(body_md="a").version.number == 1


def refusals(track: Track, text: str, **how: Any) -> list[tuple[int, str]]:
    before = Note.objects.count()
    with pytest.raises(Refused) as refused:
        import_notes(track=track, by=track.owner, data=text.encode(), **how)
    assert Note.objects.count() == before, "all or nothing"
    return [(each.row, each.sentence) for each in refused.value.wrong]


def test_all_or_nothing(track: Track) -> None:
    one, two = uuid4(), uuid4()
    head = "id,reply_to,version,at_ms,until_ms,text\n"
    assert refusals(track, head + f"{one},,1,5,,fine\n{two},,7,5,,a\n{two},,1,5,,b\n") == [
        (3, "There is no version 7 here."),
        (4, "The same note is in an earlier row."),
    ]
    assert refusals(track, head + f"{one},,1,222001,,late\n")[0][0] == 2
    assert "ends before" in refusals(track, head + f"{one},,1,5,222001,late\n")[0][1]
    assert "no note of this file" in refusals(track, head + f"{one},{two},1,5,,a\n")[0][1]
    itself = refusals(track, head + f"{one},{one},1,5,,a\n")
    assert "reply itself" in itself[0][1]
    nested = f"{one},,1,5,,a\n{two},{one},1,5,,b\n{uuid4()},{two},1,5,,c\n"
    assert refusals(track, head + nested)[0][0] == 4
    assert refusals(track, head)[0] == (1, "There is no note in this file.")
    assert "no version 3" in refusals(track, head + f"{one},,,5,,a\n", number=3)[0][1]


def test_answers_may_come_before_their_note(track: Track) -> None:
    one, two = uuid4(), uuid4()
    data = f"id,reply_to,at_ms,text\n{two},{one},5,b\n{one},,5,a\n"
    import_notes(track=track, by=track.owner, data=data.encode())
    assert Note.objects.get(pk=two).parent_id == one


def test_dates_of_the_future_are_today(track: Track) -> None:
    import_notes(
        track=track, by=track.owner, data=b"at_ms,text,written_at\n5,a,2999-01-01T00:00:00\n"
    )
    assert Note.objects.get().created_at.year < 2999


def test_ten_thousand_come_in_few_statements(
    track: Track, django_assert_max_num_queries: Any
) -> None:
    data = "at_ms,text\n" + "".join(f"{n},n{n}\n" for n in range(2000))
    with django_assert_max_num_queries(20 + 3 * 2000 // note_files.BATCH):
        import_notes(track=track, by=track.owner, data=data.encode())


def test_the_page_says_which_row_is_wrong(track: Track) -> None:
    client, url = as_(track.owner), f"/tracks/{track.slug}/review/import/"
    file = SimpleUploadedFile("notes.csv", b"at_ms,text\nx,hello\n")
    page = client.post(url, {"file": file})
    assert page.status_code == 422
    assert "Row 2" in page.content.decode()
    assert "not a whole number" in page.content.decode()
    assert client.post(url).status_code == 422
    large = SimpleUploadedFile("notes.csv", b"x" * 950_000)
    assert "larger than 900" in client.post(url, {"file": large}).content.decode()
    good = SimpleUploadedFile("notes.csv", b"at_ms,text\n5,hello\n")
    done = client.post(url, {"file": good, "version": "1"}, follow=True)
    assert "One note was imported." in done.content.decode()


@pytest.mark.parametrize(
    ("kind", "content_type", "name"),
    [
        ("csv", "text/csv; charset=utf-8", "notes.csv"),
        ("reaper", "text/csv; charset=utf-8", "reaper.csv"),
        ("audacity", "text/plain; charset=utf-8", "labels.txt"),
        ("midi", "audio/midi", "markers.mid"),
    ],
)
def test_each_format_is_a_download(
    track: Track, notes: list[Note], kind: str, content_type: str, name: str
) -> None:
    answer = as_(track.owner).get(f"/tracks/{track.slug}/notes/export/?as={kind}")
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"] == f'attachment; filename="{track.slug}-{name}"'
    assert answer.content


def test_reviewers_and_guests_take_what_they_may_read(track: Track, notes: list[Note]) -> None:
    url = f"/tracks/{track.slug}/notes/export/"
    link = ReviewLinkFactory(track=track)
    assert b"Psst" in Client().get(f"{url}?token={link.token}").content
    reviewer = UserFactory()
    assert as_(reviewer).get(url).status_code == 404
    Reviewer.objects.create(track=track, user=reviewer, invited_by=track.owner)
    assert b"Psst" in as_(reviewer).get(url).content
    assert as_(UserFactory()).get(url).status_code == 404


@pytest.mark.parametrize("asked", ["as=xls", "v=9", "v=x", "v=%00", "as=%00"])
def test_what_is_not_there_is_not_found(track: Track, asked: str) -> None:
    assert as_(track.owner).get(f"/tracks/{track.slug}/notes/export/?{asked}").status_code == 404


@pytest.mark.django_db
def test_strangers_take_nothing_even_of_a_public_piece() -> None:
    track = PublicTrackFactory()
    url = f"/tracks/{track.slug}/notes/export/"
    assert Client().get(url).status_code == 404
    assert as_(UserFactory()).get(url).status_code == 404


def test_removed_words_do_not_leave(track: Track, notes: list[Note]) -> None:
    Note.objects.filter(pk__in=[notes[0].pk, notes[2].pk]).update(removed_at=datetime.now(UTC))
    rows = list(csv.DictReader(io.StringIO(exported(track).decode("utf-8-sig"))))
    assert [(row["state"], row["text"], row["writer"]) for row in rows] == [
        ("open", "Psst", track.owner.name),
        ("removed", "", ""),
        ("open", "Yes", "Fan"),
    ]
