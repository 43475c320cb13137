"""Before what takes all from somebody a code is asked for once more, and nothing typed is lost."""

import pytest
from django.core.cache import cache

from social.models import User
from tests.factories.social import AGAIN, StaffFactory, UserFactory, code_now, stale
from tests.factories.tracks import PublicTrackFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/social/user/"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def test_a_ban_waits_for_a_code_and_is_then_done_as_it_was_sent() -> None:
    client, person = stale(StaffFactory.create()), UserFactory.create()
    place = f"{PEOPLE}?q={person.handle}"
    asked = client.post(place, {"action": "ban", "_selected_action": [person.pk]})
    assert asked.headers["Location"].startswith(AGAIN), "not the password: the code"
    assert not User.objects.get(pk=person.pk).is_banned
    wrong = client.post(asked.headers["Location"], {"code": "000000"})
    assert wrong.status_code == 200
    assert not User.objects.get(pk=person.pk).is_banned
    done = client.post(asked.headers["Location"], {"code": code_now()})
    assert done.headers["Location"] == place
    assert User.objects.get(pk=person.pk).is_banned
    client.post(PEOPLE, {"action": "unban", "_selected_action": [person.pk]})
    assert not User.objects.get(pk=person.pk).is_banned, "for some minutes it is not asked again"


def test_the_password_alone_is_no_way_around_it() -> None:
    client = stale(StaffFactory.create())
    assert client.get("/accounts/reauthenticate/").headers["Location"] == AGAIN


@pytest.mark.parametrize("action", ["unban", "delete_selected"])
def test_giving_back_and_taking_away_ask_as_well(action: str) -> None:
    client, person = stale(StaffFactory.create()), UserFactory.create(is_banned=True)
    asked = client.post(PEOPLE, {"action": action, "_selected_action": [person.pk]})
    assert asked.headers["Location"].startswith(AGAIN)


def test_so_do_rights_and_whether_an_account_is_open() -> None:
    client, person = stale(StaffFactory.create()), UserFactory.create()
    page = f"{PEOPLE}{person.pk}/change/"
    said = {"display_name": "Kept words", "email": person.email, "is_staff": "on"}
    asked = client.post(page, said | {"is_active": "on"})
    assert asked.headers["Location"].startswith(AGAIN)
    assert not User.objects.get(pk=person.pk).is_staff
    done = client.post(asked.headers["Location"], {"code": code_now()})
    assert done.headers["Location"] == PEOPLE
    assert User.objects.get(pk=person.pk).is_staff
    assert User.objects.get(pk=person.pk).display_name == "Kept words"


def test_a_piece_is_deleted_by_staff_after_a_code() -> None:
    client, track = stale(StaffFactory.create()), PublicTrackFactory.create()
    asked = client.post(f"/admin/tracks/track/{track.pk}/delete/", {"post": "yes"})
    assert asked.headers["Location"].startswith(AGAIN)
    client.post(asked.headers["Location"], {"code": code_now()})
    assert Track.everything.get().deleted_at
