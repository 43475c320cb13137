"""Who hears of credits and claims, what becomes of names when somebody leaves, and moderators."""

import pytest
from django.test import Client

from social.departure.services import leaving
from social.models import Notification, User
from tests.factories.described import credit
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory
from tests.jobs import read_events
from tracks.credits.services import claims
from tracks.models import Name, NameClaim, Track
from tracks.visibility.services.visibility import set_visibility

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    """Somebody to whose account the name Ada leads."""
    person: User = UserFactory.create(handle="ada", display_name="Ada")
    name = credit(PublicTrackFactory.create(owner=person), "Ada").name
    claims.claim(name=name, by=person)
    read_events()
    Notification.objects.all().delete()
    return person


def told(person: User) -> list[tuple[str, Track | None]]:
    read_events()
    return [(row.kind, row.track) for row in Notification.objects.filter(user=person)]


def test_whoever_is_credited_hears_of_it(ada: User) -> None:
    track = PublicTrackFactory.create()
    credit(track, "ADA", "writer")
    assert told(ada) == [("credited", track)]
    client = Client()
    client.force_login(ada)
    assert "credited you on a piece" in client.get("/notifications/").content.decode()


def test_of_what_is_closed_one_hears_when_it_opens(ada: User) -> None:
    track = ReadyTrackFactory.create()
    credit(track, "Ada", "writer")
    assert told(ada) == []
    set_visibility(track=track, visibility="public", by=track.owner)
    assert told(ada) == [("credited-published", track)]
    assert told(track.owner) == []


def test_nobody_hears_of_what_they_do_themselves(ada: User) -> None:
    track = ReadyTrackFactory.create(owner=ada)
    credit(track, "Ada", "writer")
    set_visibility(track=track, visibility="public", by=ada)
    assert told(ada) == []


@pytest.mark.parametrize(
    ("action", "kind"), [("grant", "name-granted"), ("refuse", "name-refused")]
)
def test_a_moderators_decision_is_told_without_a_name(action: str, kind: str) -> None:
    person, staff = UserFactory.create(), StaffFactory.create(is_superuser=True)
    name = credit(PublicTrackFactory.create(), "Ada").name
    asked = claims.claim(name=name, by=person)
    client = Client()
    client.force_login(staff)
    act = {"action": action, "_selected_action": [str(asked.pk)]}
    client.post("/admin/tracks/nameclaim/", act)
    assert [row[0] for row in told(person)] == [kind]
    assert Notification.objects.get(user=person).actor is None
    name.refresh_from_db()
    assert (name.account == person) is (action == "grant")


def test_moderators_take_a_name_back(ada: User) -> None:
    client = Client()
    client.force_login(StaffFactory.create(is_superuser=True))
    act = {"action": "take_back", "_selected_action": [str(Name.objects.get().pk)]}
    client.post("/admin/tracks/name/", act)
    assert Name.objects.get().account is None


def test_a_profile_tells_under_which_names_one_is_credited(ada: User) -> None:
    assert 'href="/artists/ada/"' in Client().get("/@ada/").content.decode()


def test_names_stay_and_lead_nowhere_when_somebody_leaves(ada: User) -> None:
    track = PublicTrackFactory.create()
    credit(track, "Ada", "writer")
    leaving.remove(person=ada, by=ada, at_once=True)
    name = Name.objects.get(key="ada")
    assert (name.account, name.created_by) == (None, None)
    assert not NameClaim.objects.exists()
    assert "Ada" in Client().get(track.get_absolute_url()).content.decode()
