"""Who hears of credits and claims, what becomes of names when somebody leaves, and moderators."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone

from social.departure.services import leaving
from social.models import Notification, User
from tests.factories.described import credit
from tests.factories.releases import filled
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, ReleaseFactory
from tests.jobs import read_events
from tracks.credits.rules import Said
from tracks.credits.services import claims, crediting
from tracks.models import Name, NameClaim, Release, ReleaseTrack, Track
from tracks.releases.services import publishing
from tracks.visibility.services import opening
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


def test_each_thing_is_told_once(ada: User) -> None:
    track = PublicTrackFactory.create()
    credit(track, "Ada", "writer")
    credit(track, "Ada", "producer")
    assert told(ada) == [("credited", track)]
    track.credits.all().delete()
    credit(track, "Ada", "writer")
    Notification.objects.update(read_at=timezone.now())
    credit(track, "Ada", "mixer")
    assert told(ada) == [("credited", track)]


def on_release(*, hours: int | None = None) -> tuple[Release, list[Track]]:
    """A release of two pieces; all three credit Ada. It comes out now, or in so many hours."""
    release, tracks = filled(2, private=True, visibility="private", title="Orchard")
    for thing in (release, *tracks):
        crediting.set_credits(thing=thing, credits=[Said("Ada", "writer")], by=release.owner)
    read_events()
    if hours is None:
        publishing.publish(release=release, by=release.owner)
    else:
        moment = timezone.now() + timedelta(hours=hours)
        publishing.schedule_at(release=release, moment=moment, by=release.owner)
    return release, tracks


def test_of_a_release_one_hears_once_and_not_of_each_track(ada: User) -> None:
    release, tracks = on_release()
    assert told(ada) == [("credited-release-published", None)]
    assert told(release.owner) == []
    client = Client()
    client.force_login(ada)
    assert "published a release on which you are credited" in client.get("/notifications/").text
    news = Notification.objects.get(user=ada)
    assert client.post(f"/notifications/{news.pk}/")["Location"] == release.get_absolute_url()
    credit(tracks[0], "Ada", "mixer")
    crediting.set_credits(
        thing=release, credits=[Said("Ada", "mixer"), Said("Ada", "writer")], by=release.owner
    )
    assert told(ada) == [("credited-release-published", None)]


def test_a_credit_on_a_release_that_is_out_is_told_at_once(ada: User) -> None:
    release, _ = filled(1, published_at=timezone.now())
    crediting.set_credits(thing=release, credits=[Said("Ada", "writer")], by=release.owner)
    assert told(ada) == [("credited-release", None)]
    client = Client()
    client.force_login(ada)
    news = Notification.objects.get(user=ada)
    assert client.post(f"/notifications/{news.pk}/")["Location"] == release.get_absolute_url()
    publishing.withdraw(release=release, visibility="private", by=release.owner)
    assert release.slug not in client.post(f"/notifications/{news.pk}/").get("Location", "")


def test_of_a_release_to_come_nobody_hears_before_its_hour(ada: User) -> None:
    release, _ = on_release(hours=3)
    assert told(ada) == []
    Release.objects.filter(pk=release.pk).update(release_at=Now())
    Track.objects.filter(release_items__release=release).update(release_at=Now())
    opening.settle_due()
    assert told(ada) == [("credited-release-published", None)]


def test_a_track_is_told_where_its_release_is_nobodys_to_open(ada: User) -> None:
    track = PublicTrackFactory.create()
    draft = ReleaseFactory.create(owner=track.owner, visibility="private")
    ReleaseTrack.objects.create(release=draft, track=track, position=1)
    crediting.set_credits(thing=draft, credits=[Said("Ada", "writer")], by=track.owner)
    credit(track, "Ada", "writer")
    assert told(ada) == [("credited", track)]


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
