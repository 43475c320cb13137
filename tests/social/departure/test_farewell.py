"""When somebody has left, nothing tells of them but that somebody was there."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.lib import kept
from config.lib.problems import Problem
from media_pipeline.jobs.services.schedules import run_now
from media_pipeline.models import Asset, Event, Job, SealedEntry
from media_pipeline.storage import get_storage
from moderation.models import Case
from social.accounts import handles
from social.departure.services import leaving
from social.models import Approver, Note, Notification, SignOff, User
from tests.factories.media_pipeline import AssetFactory
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory, TrackFactory
from tests.jobs import do_jobs
from tests.social.departure.belongings import (
    HANDLE,
    Belongings,
    everything,
    left_of,
    models_without_a_row,
)
from tracks.models import BlindTest, Playlist, Track

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mira() -> Iterator[Belongings]:
    """Somebody who has used all there is."""
    made = everything()
    yield made
    for key in made.files:
        get_storage().delete(key)


def leave(person: User) -> bool:
    system = User.objects.get(handle="system")
    return leaving.remove(person=person, by=system, at_once=True)


def test_the_person_of_these_tests_has_used_all_there_is(mira: Belongings) -> None:
    assert models_without_a_row() == set()
    assert left_of(mira.words, mira.person), "or nothing would ever be found"
    assert all(get_storage().exists(key) for key in mira.files)


def test_nothing_is_left_of_who_has_left(mira: Belongings) -> None:
    assert leave(mira.person)
    assert left_of(mira.words, mira.person) == []
    assert [key for key in mira.files if get_storage().exists(key)] == []
    assert not Asset.objects.filter(owner=mira.person).exists()
    assert not Track.objects.filter(owner=mira.person).exists()
    assert not Playlist.objects.filter(owner=mira.person).exists()


def test_the_row_is_nobodys(mira: Belongings) -> None:
    leave(mira.person)
    row = User.objects.get(pk=mira.person.pk)
    assert row.is_gone
    assert (row.name, row.email, row.get_absolute_url()) == ("somebody", "", "")
    assert not any([row.is_active, row.is_staff, row.is_superuser])
    assert not row.has_usable_password()
    assert row.left_at
    assert row.leaves_at is None
    assert handles.refusal(row.handle), "nobody may call themselves so"
    assert not User.objects.filter(handle=HANDLE).exists()
    UserFactory.create(handle=HANDLE)


def test_a_second_time_changes_nothing(mira: Belongings) -> None:
    leave(mira.person)
    before = User.objects.filter(pk=mira.person.pk).values().get()
    told, sealed = Event.objects.count(), SealedEntry.objects.count()
    assert not leave(mira.person)
    assert User.objects.filter(pk=mira.person.pk).values().get() == before
    assert (Event.objects.count(), SealedEntry.objects.count()) == (told, sealed)
    assert left_of(mira.words, mira.person) == []


def test_what_they_said_elsewhere_stays_as_somebodys(mira: Belongings, client: Client) -> None:
    leave(mira.person)
    note = Note.objects.get(pk=mira.note.pk)
    assert (note.body_md, note.user.name) == ("Less reverb.", "somebody")
    assert set(Note.objects.exclude(attribution="").values_list("attribution", flat=True)) == {
        "somebody"
    }
    assert SignOff.objects.get().by.name == "somebody"
    assert not Approver.objects.exists()
    assert BlindTest.objects.get().listener_name == "somebody"
    heard = Notification.objects.get()
    assert (heard.user, heard.actor_name) == (mira.elsewhere.owner, "somebody")


def test_a_file_that_somebody_elses_piece_plays_stays_without_its_name() -> None:
    person = UserFactory.create(handle="ada")
    asset = AssetFactory.create(owner=person, filename="Ada sings.wav")
    track = TrackFactory.create(version=asset)
    leave(person)
    asset.refresh_from_db()
    assert asset.filename == "file"
    assert track.versions.get().media.asset_id == asset.pk


def test_their_name_leads_nowhere(mira: Belongings) -> None:
    leave(mira.person)
    row = User.objects.get(pk=mira.person.pk)
    owner = Client()
    owner.force_login(mira.elsewhere.owner)
    version = f"?v={mira.note.version.number}"
    pages = [
        mira.elsewhere.get_absolute_url(),
        reverse("track-notes", args=[mira.elsewhere.pk]) + version,
        reverse("notes-export", args=[mira.elsewhere.slug]) + "?as=csv",
        reverse("api-notes", args=[mira.elsewhere.pk]),
        reverse("blind-tests", args=[mira.elsewhere.slug]),
        reverse("review-settings", args=[mira.elsewhere.slug]),
        reverse("notifications"),
    ]
    for page in pages:
        answer = owner.get(page)
        assert answer.status_code == 200, page
        assert row.handle not in answer.text, page
        assert HANDLE not in answer.text, page
    assert "somebody" in owner.get(pages[1]).text
    assert "somebody" in owner.get(pages[2]).text
    assert Client().get(f"/@{row.handle}/").status_code == 404


def test_one_that_fails_takes_nothing_along(
    mira: Belongings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_person: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(kept, "_farewells", [*kept._farewells, (99, fail)])
    with pytest.raises(RuntimeError):
        leave(mira.person)
    assert User.objects.get(pk=mira.person.pk).handle == HANDLE
    assert all(get_storage().exists(key) for key in mira.files)
    assert Track.objects.filter(owner=mira.person).exists()


def test_the_clock_removes_whose_day_has_come_and_nobody_else() -> None:
    now = timezone.now()
    due = UserFactory.create(leaves_at=now - timedelta(minutes=1))
    later = UserFactory.create(leaves_at=now + timedelta(days=1))
    stays = UserFactory.create()
    assert leaving.carry_out_due() == 1
    assert leaving.carry_out_due() == 0
    gone = set(User.objects.exclude(left_at=None).values_list("pk", flat=True))
    assert gone == {due.pk}
    assert User.objects.get(pk=later.pk).leaves_at
    assert User.objects.get(pk=stays.pk).is_active


def test_one_who_cannot_be_removed_holds_up_no_other(caplog: pytest.LogCaptureFixture) -> None:
    past = timezone.now() - timedelta(days=1)
    only = StaffFactory.create(leaves_at=past - timedelta(days=1))
    other = UserFactory.create(leaves_at=past)
    assert leaving.carry_out_due() == 1
    assert User.objects.get(pk=other.pk).left_at
    assert User.objects.get(pk=only.pk).left_at is None
    assert str(only.pk) in caplog.text


def test_it_is_sealed_and_told_by_ids(mira: Belongings) -> None:
    leave(mira.person)
    entry = SealedEntry.objects.get(kind="person.left")
    assert entry.subject == f"social.user:{mira.person.pk}"
    assert Event.objects.get(kind="person.left").subject == entry.subject


def run(*words: str) -> str:
    out = StringIO()
    call_command("forget", *words, stdout=out)
    return out.getvalue()


def test_administrators_forget_at_once_or_in_its_time() -> None:
    boss = StaffFactory.create(handle="boss")
    now, later = UserFactory.create(handle="now-one"), UserFactory.create(handle="later-one")
    track = PublicTrackFactory.create(owner=now)
    assert "now-one is gone" in run("@Now-One", "--now", "--reason", "Asked by letter.")
    assert not Track.objects.filter(pk=track.pk).exists()
    assert "will be deleted on" in run("later-one", "--reason", "Asked by letter.")
    assert User.objects.get(pk=later.pk).leaves_at
    sealed = {entry.kind: entry.data["reason"] for entry in SealedEntry.objects.all()}
    assert sealed == {"person.left": "Asked by letter.", "person.leaving": "Asked by letter."}
    with pytest.raises(CommandError, match="nobody called now-one"):
        run("now-one", "--now", "--reason", "x")
    with pytest.raises(CommandError, match="only administrator"):
        run("boss", "--now", "--reason", "x")
    with pytest.raises(CommandError, match="acts for the site"):
        run("system", "--now", "--reason", "x")
    with pytest.raises(CommandError, match="Say why"):
        run("later-one", "--now", "--reason", " ")
    StaffFactory.create()
    assert "boss is gone" in run("boss", "--now", "--reason", "x")
    assert User.objects.get(pk=boss.pk).is_superuser is False


def test_the_round_does_it() -> None:
    person = UserFactory.create(leaves_at=timezone.now() - timedelta(minutes=1))
    Job.objects.all().delete()
    run_now("departures")
    do_jobs()
    assert User.objects.get(pk=person.pk).left_at


def test_the_admin_shows_who_has_left_and_lets_nobody_touch_them(client: Client) -> None:
    boss = StaffFactory.create()
    person = UserFactory.create()
    leave(person)
    client.force_login(boss)
    place = f"/admin/social/user/{person.pk}/change/"
    page = client.get(place)
    assert page.status_code == 200
    assert 'name="is_active"' not in page.text
    assert client.post(place, {"is_active": "on", "display_name": "x"}).status_code == 403
    data = {"action": "to_desk", "_selected_action": [str(person.pk)]}
    assert client.post("/admin/social/user/", data, follow=True).status_code == 200
    assert not Case.objects.exists()


def test_who_may_not_leave_is_told_why() -> None:
    boss = StaffFactory.create()
    with pytest.raises(Problem, match="only administrator"):
        leave(boss)
