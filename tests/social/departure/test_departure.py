"""Asking for one's account to be deleted, and thinking better of it, as a person does it."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.lib.cipher import unseal
from config.lib.problems import Problem
from media_pipeline.delivery import media_url
from media_pipeline.models import Job, Media, SealedEntry
from media_pipeline.uploads.services import uploads
from social.accounts.services import mails
from social.departure.services import asking, leaving
from social.models import User
from tests.contracts.test_bans import CLOSED
from tests.factories.social import PASSWORD, StaffFactory, UserFactory, bearer
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db
PAGE, KEEP = "/accounts/delete/", "/accounts/delete/keep/"


@pytest.fixture
def mira() -> User:
    """Somebody with a public piece."""
    person = UserFactory.create(handle="mira", email="mira@example.org")
    PublicTrackFactory.create(owner=person, title="Harbour")
    return person


def enter(person: User) -> Client:
    """Return a browser in which somebody has signed in."""
    client = Client()
    client.post("/accounts/login/", {"login": person.handle, "password": PASSWORD})
    return client


def proven(person: User) -> Client:
    """Return a browser in which somebody has just said their password once more."""
    client = enter(person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def letters() -> list[str]:
    jobs = Job.objects.filter(kind=mails.KIND).order_by("created_at")
    return [unseal(job.payload["sealed"]) for job in jobs]


def sound(track: Any) -> str:
    media = Media.objects.get(pk=track.primary_version.media_id)
    return media_url(media, media.asset.attempt, "master.m3u8", scope="std")


def test_the_page_asks_for_the_password_first(mira: User) -> None:
    answer = enter(mira).get(PAGE)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert "/accounts/login/" in Client().get(PAGE).headers["Location"]


def test_the_page_says_what_goes_and_what_stays(mira: User) -> None:
    page = proven(mira).get(PAGE).text
    for words in ("What goes", "What stays, as somebody’s", "Your pieces", "Notes and replies"):
        assert words in page
    assert reverse("docs-kept") in page


@pytest.mark.parametrize("typed", ["", "mir", "someone-else", "x" * 200])
def test_another_name_deletes_nothing(mira: User, typed: str) -> None:
    answer = proven(mira).post(PAGE, {"handle": typed})
    assert answer.status_code == 422
    assert "field__error" in answer.text
    mira.refresh_from_db()
    assert mira.leaves_at is None


def test_without_a_fresh_proof_nothing_begins(mira: User) -> None:
    assert enter(mira).post(PAGE, {"handle": "mira"}).status_code == 302
    mira.refresh_from_db()
    assert mira.leaves_at is None


def test_the_whole_way_there_and_back(mira: User) -> None:
    track, own, other = mira.tracks.get(), proven(mira), Client()
    program = {"headers": bearer(mira)}
    places = [track.get_absolute_url(), "/@mira/", reverse("api-track-versions", args=[track.pk])]
    before = sound(track)
    assert {other.get(place).status_code for place in places} == {200}
    assert other.get(before).status_code != 403
    assert Client().get("/api/v1/me/marks/", **program).status_code == 200

    answer = own.post(PAGE, {"handle": "@Mira"}, follow=True)
    mira.refresh_from_db()
    day = f"{mira.leaves_at:%-d %B}"
    assert "Your account will be removed on <time" in answer.text
    assert day in answer.text
    in_days = mira.leaves_at - timezone.now()
    assert timedelta(days=13) < in_days <= timedelta(days=settings.NEXUS_LEAVE_DAYS)

    assert {other.get(place).status_code for place in places} <= CLOSED
    assert other.get(before).status_code == 403
    assert Client().get("/api/v1/me/marks/", **program).status_code == 401
    again = enter(mira)
    for place in ("/my/uploads/", track.get_absolute_url(), "/accounts/email/", "/@mira/"):
        page = again.get(place)
        assert page.status_code == 200, place
        assert day in page.text, place
        assert KEEP in page.text, place
    assert again.get("/api/v1/me/marks/").json()["leaves_at"]

    kept = again.post(KEEP, follow=True).text
    assert "Your account stays" in kept
    assert day not in kept
    assert {other.get(place).status_code for place in places} == {200}
    assert other.get(before).status_code == 403, "what has ended stays ended"
    assert other.get(sound(track)).status_code != 403
    assert Client().get("/api/v1/me/marks/", **program).status_code == 200
    first, second = letters()
    assert "will be deleted" in first
    assert day in first
    assert PAGE in first
    assert "stays" in second
    assert [entry.kind for entry in SealedEntry.objects.order_by("id")] == [
        "person.leaving",
        "person.stays",
    ]


def test_asking_twice_changes_nothing(mira: User) -> None:
    when = asking.ask(person=mira, by=mira)
    assert asking.ask(person=mira, by=mira) == when
    assert len(letters()) == 1
    assert SealedEntry.objects.count() == 1


def test_who_stays_has_nothing_to_keep(mira: User) -> None:
    client = enter(mira)
    assert client.post(KEEP).status_code == 302
    assert client.get(KEEP).status_code == 405
    assert not SealedEntry.objects.exists()


def test_the_only_administrator_is_told_to_stay() -> None:
    boss = StaffFactory.create(handle="boss", enrolled=False)
    answer = proven(boss).post(PAGE, {"handle": "boss"})
    assert answer.status_code == 422
    assert "You are the only administrator." in answer.text
    second = StaffFactory.create(leaves_at=timezone.now() + timedelta(days=1))
    with pytest.raises(Problem, match="only administrator"):
        asking.ask(person=boss, by=boss)
    asking.keep(person=second, by=second)
    assert asking.ask(person=boss, by=boss)
    with pytest.raises(Problem, match="only administrator"):
        asking.ask(person=second, by=second)


def test_who_has_no_address_gets_no_letter() -> None:
    person = UserFactory.create(email="")
    asking.ask(person=person, by=person)
    assert letters() == []


def test_an_upload_begun_meanwhile_goes_on_when_the_account_stays(mira: User) -> None:
    asking.ask(person=mira, by=mira)
    upload = uploads.create(owner=mira, filename="late.wav", size=1000)
    asking.keep(person=mira, by=mira)
    upload.refresh_from_db()
    assert uploads.state_of(upload) == "open"


def test_letters_that_wait_go_with_whom_they_are_for(mira: User) -> None:
    asking.ask(person=mira, by=mira)
    assert letters()
    leaving.remove(person=mira, by=StaffFactory(is_superuser=True), at_once=True)
    assert letters() == []
