"""Before what takes all from somebody a code is asked for once more, and nothing typed is lost."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache

from social.models import User
from tests.factories.social import AGAIN, StaffFactory, UserFactory, code_now, stale
from tests.factories.tracks import PublicTrackFactory
from tracks.deleted import services as deleted
from tracks.models import Track

pytestmark = pytest.mark.django_db
PEOPLE, TRACKS, GROUPS = "/admin/social/user/", "/admin/tracks/track/", "/admin/auth/group/"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def test_it_waits_for_a_code_and_is_then_done_as_it_was_sent() -> None:
    client, track = stale(StaffFactory.create()), PublicTrackFactory.create()
    deleted.delete(thing=track, by=track.owner)
    place = f"{TRACKS}?q={track.slug}"
    asked = client.post(place, {"action": "bring_back", "_selected_action": [track.pk]})
    assert asked.headers["Location"].startswith(AGAIN), "not the password: the code"
    assert not Track.objects.exists()
    wrong = client.post(asked.headers["Location"], {"code": "000000"})
    assert wrong.status_code == 200
    assert not Track.objects.exists()
    done = client.post(asked.headers["Location"], {"code": code_now()})
    assert done.headers["Location"] == place
    assert Track.objects.exists()
    deleted.delete(thing=Track.objects.get(), by=track.owner)
    client.post(TRACKS, {"action": "bring_back", "_selected_action": [track.pk]})
    assert Track.objects.exists(), "for some minutes it is not asked again"


def test_the_password_alone_is_no_way_around_it() -> None:
    client = stale(StaffFactory.create())
    assert client.get("/accounts/reauthenticate/").headers["Location"] == AGAIN


def test_taking_away_asks_as_well() -> None:
    client, group = stale(StaffFactory.create()), Group.objects.create(name="critics")
    chosen = {"action": "delete_selected", "_selected_action": [group.pk], "post": "yes"}
    asked = client.post(GROUPS, chosen)
    assert asked.headers["Location"].startswith(AGAIN)
    asked = client.post(f"{GROUPS}{group.pk}/delete/", {"post": "yes"})
    assert asked.headers["Location"].startswith(AGAIN)
    assert Group.objects.filter(pk=group.pk).exists()
    client.post(asked.headers["Location"], {"code": code_now()})
    assert not Group.objects.filter(pk=group.pk).exists()


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
