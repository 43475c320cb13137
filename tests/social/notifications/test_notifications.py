"""The page of notifications."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from media_pipeline.models import Event
from social.models import Notification
from social.notes.services import notes
from social.notifications import registry, services
from social.notifications.registry import Notice
from tests.factories import moderation as judges
from tests.factories.notes import NoteFactory
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory, add_version
from tests.jobs import read_events
from tracks.models import Track

pytestmark = pytest.mark.django_db


def told(track: Track, count: int = 1) -> list[Notification]:
    """Tell the track's owner of so many notes."""
    version, fan = track.primary_version, UserFactory.create(display_name="Ada")
    rows = [NoteFactory.create(version=version, user=fan, at_ms=n) for n in range(count)]
    return Notification.objects.bulk_create(
        [
            Notification(
                user=track.owner,
                kind="noted",
                actor=fan,
                actor_name="Ada",
                track=track,
                note=row,
            )
            for row in rows
        ]
    )


def test_a_person_reads_what_happened_and_goes_there(client: Client) -> None:
    track = PublicTrackFactory.create(title="Harbour")
    (row,) = told(track)
    client.force_login(track.owner)
    page = client.get("/notifications/").text
    assert "Harbour" in page
    assert "wrote a note on your piece" in page
    answer = client.post(f"/notifications/{row.pk}/")
    assert answer.headers["Location"] == f"/tracks/{track.slug}/#note-{row.note_id}"
    row.refresh_from_db()
    assert row.read_at is not None


def test_it_leads_to_the_version_the_note_was_written_on(client: Client) -> None:
    track = PublicTrackFactory.create()
    (row,) = told(track)
    add_version(track)
    client.force_login(track.owner)
    answer = client.post(f"/notifications/{row.pk}/")
    assert answer.headers["Location"] == f"/tracks/{track.slug}/?v=1#note-{row.note_id}"


def test_news_of_others_are_not_there(client: Client) -> None:
    track = PublicTrackFactory.create()
    (row,) = told(track)
    client.force_login(UserFactory.create())
    assert client.post(f"/notifications/{row.pk}/").status_code == 404
    assert "Nothing yet" in client.get("/notifications/").text


def test_a_piece_that_was_closed_is_not_named_any_more(client: Client) -> None:
    track = PublicTrackFactory.create(title="Harbour")
    note = NoteFactory.create(version=track.primary_version)
    notes.resolve(note=note, by=track.owner)
    read_events()
    client.force_login(note.user)
    assert "Harbour" in client.get("/notifications/").text
    Track.objects.update(visibility="private")
    assert "Harbour" not in client.get("/notifications/").text
    row = Notification.objects.get()
    assert client.post(f"/notifications/{row.pk}/").status_code == 404


def test_a_new_key_is_not_handed_out_by_the_way(client: Client) -> None:
    track = PublicTrackFactory.create()
    note = NoteFactory.create(version=track.primary_version)
    notes.resolve(note=note, by=track.owner)
    read_events()
    Track.objects.update(visibility="unlisted")
    client.force_login(note.user)
    row = Notification.objects.get()
    assert client.post(f"/notifications/{row.pk}/").headers["Location"] == "/notifications/"
    assert track.token not in client.get("/notifications/").text


def test_all_are_marked_as_read_at_once(client: Client) -> None:
    track = PublicTrackFactory.create()
    told(track, 3)
    client.force_login(track.owner)
    client.post("/notifications/read/")
    assert not Notification.objects.filter(read_at=None).exists()
    assert "Mark all as read" not in client.get("/notifications/").text


def test_long_lists_come_in_pages_at_one_price(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    track = PublicTrackFactory.create()
    told(track, 30)
    client.force_login(track.owner)
    with django_assert_max_num_queries(6):
        first = client.get("/notifications/")
    assert len(first.context["notifications"]) == 24
    rest = client.get(f"/notifications/{first.context['next_url']}")
    assert len(rest.context["notifications"]) == 6
    assert client.get("/notifications/?before=x").status_code == 404


def test_an_account_opened_again_is_told_though_no_piece_is_meant(client: Client) -> None:
    boss, user = StaffFactory.create(), judges.banned()
    judges.unban(user)
    read_events()
    row = Notification.objects.get(user=user, kind="unbanned")
    assert (row.track, row.actor) == (None, None)
    assert row.event == Event.objects.get(kind="person.unbanned").pk
    client.force_login(user)
    page = client.get("/notifications/").text
    assert "opened your account again" in page
    assert boss.name not in page
    assert client.post(f"/notifications/{row.pk}/").headers["Location"] == "/notifications/"


def test_what_has_one_key_is_told_as_one_until_it_is_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = PublicTrackFactory.create()
    words = Notice([track.owner_id], track=track, key=f"heard:{track.pk}")
    kind = registry.Kind("heard", "heard it", "x", lambda _: words, "and {} others heard it")
    monkeypatch.setitem(registry.KINDS, "heard", kind)
    event = Event.objects.create(kind="x", subject="x.y:1", audience="public")
    for name in ("Ada", "Ben", "Cleo"):
        notice = replace(words, author=UserFactory.create(display_name=name))
        services.notify("heard", notice, event=event)
    row = Notification.objects.get()
    assert (row.actor_name, row.count, row.subject) == ("Cleo", 3, f"tracks.track:{track.pk}")
    client.force_login(track.owner)
    assert "and 2 others heard it" in client.get("/notifications/").text
    services.mark_read(user=track.owner)
    services.notify("heard", words, event=event)
    assert list(Notification.objects.order_by("id").values_list("count", flat=True)) == [3, 1]


def test_a_kind_nobody_registers_any_more_breaks_no_page(client: Client) -> None:
    user = UserFactory.create()
    Notification.objects.create(user=user, kind="long-gone", actor_name="Ada")
    client.force_login(user)
    assert "Ada" in client.get("/notifications/").text
