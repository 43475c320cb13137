"""Every act of staff in the admin is sealed, with what was there before and what is there after."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test import Client

from media_pipeline.models import SealedEntry
from media_pipeline.sealing import services as sealing
from social.models import User
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory
from tracks.deleted import services as deleted
from tracks.models import Tag, Track
from tracks.tags.rules import tag_key

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/social/user/"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def staff() -> User:
    found: User = StaffFactory.create()
    return found


@pytest.fixture
def boss(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def form_of(person: User, **words: Any) -> dict[str, Any]:
    given = {
        "display_name": person.display_name,
        "email": person.email,
        "is_active": "on",
        "is_staff": "on" if person.is_staff else "",
    } | words
    return {name: value for name, value in given.items() if value != ""}


def entries(kind: str = "admin.") -> list[SealedEntry]:
    return list(SealedEntry.objects.filter(kind__startswith=kind).order_by("id"))


def test_a_change_is_sealed_before_and_after_without_words_of_people(
    boss: Client, staff: User
) -> None:
    person = UserFactory.create(email="before@example.org")
    group = Group.objects.get(name="editor")
    said = form_of(person, email="after@example.org", is_staff="on", groups=[group.pk])
    assert boss.post(f"{PEOPLE}{person.pk}/change/", said).status_code == 302
    (entry,) = entries()
    assert (entry.kind, entry.actor) == ("admin.changed", str(staff.pk))
    assert entry.subject == f"social.user:{person.pk}"
    assert entry.data["before"]["is_staff"] is False
    assert entry.data["after"]["is_staff"] is True
    assert (entry.data["before"]["groups"], entry.data["after"]["groups"]) == ([], ["editor"])
    assert entry.data["before"]["email"] != entry.data["after"]["email"]
    assert "example.org" not in str(entry.data)
    assert {*entry.data["after"]} == {"is_staff", "groups", "email"}
    sealing.close()
    assert not list(sealing.verify())


def test_what_is_refused_or_only_looked_at_is_not_sealed(boss: Client) -> None:
    person = UserFactory.create()
    boss.get(f"{PEOPLE}{person.pk}/change/")
    assert boss.post(f"{PEOPLE}{person.pk}/change/", form_of(person, email="no")).status_code == 200
    assert entries() == []


def test_an_action_is_sealed_with_the_rows_it_changed_however_they_are_written(
    boss: Client, staff: User
) -> None:
    tracks = PublicTrackFactory.create_batch(2)
    for track in tracks:
        deleted.delete(thing=track, by=track.owner)
    chosen = {"action": "bring_back", "_selected_action": [str(track.pk) for track in tracks]}
    boss.post("/admin/tracks/track/", chosen)
    assert Track.objects.count() == 2
    changed = [entry for entry in entries() if entry.kind == "admin.changed"]
    assert {entry.subject for entry in changed} == {f"tracks.track:{track.pk}" for track in tracks}
    assert all(entry.data["before"]["deleted_at"] for entry in changed)
    assert all(entry.data["after"]["deleted_at"] is None for entry in changed)
    (acted,) = [entry for entry in entries() if entry.kind == "admin.acted"]
    assert acted.data["action"] == "bring_back"
    assert set(acted.data["rows"]) == {str(track.pk) for track in tracks}
    assert acted.actor == str(staff.pk)


def test_what_is_added_and_taken_away_is_sealed(boss: Client) -> None:
    boss.post("/admin/auth/group/add/", {"name": "guests"})
    group = Group.objects.get(name="guests")
    boss.post(f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"})
    added, deleted = entries()
    assert (added.kind, added.data["after"]["name"]) == ("admin.added", "guests")
    assert (deleted.kind, deleted.data["before"]["name"]) == ("admin.deleted", "guests")
    assert deleted.subject == f"auth.group:{group.pk}"


def test_what_nobody_owns_is_sealed_by_its_words(boss: Client) -> None:
    tag = Tag.objects.create(name="Techno", key=tag_key("Techno"), slug="techno", kind="other")
    said = {"name": "techno", "kind": "genre"}
    assert boss.post(f"/admin/tracks/tag/{tag.pk}/change/", said).status_code == 302
    (entry,) = entries()
    assert entry.data["before"] == {"name": "Techno", "kind": "other"}
    assert entry.data["after"] == {"name": "techno", "kind": "genre"}


def test_secrets_are_never_told(boss: Client) -> None:
    from social.staff.services.acts import _told, values_of

    person = UserFactory.create()
    told = str(_told(values_of(person)))
    assert person.password not in told
    assert _told(values_of(person))["password"] == "not told"
    assert person.display_name not in told


def test_an_act_and_its_entry_are_one_transaction(boss: Client) -> None:
    """Where the log cannot be written, nothing is done."""
    person = UserFactory.create()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION no_log() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'no room'; END $$;"
            "CREATE TRIGGER no_log BEFORE INSERT ON media_pipeline_sealedentry "
            "FOR EACH ROW EXECUTE FUNCTION no_log();"
        )
    boss.raise_request_exception = False
    answer = boss.post(f"{PEOPLE}{person.pk}/change/", form_of(person, is_staff="on"))
    assert answer.status_code >= 500
    assert not User.objects.get(pk=person.pk).is_staff


def test_what_somebody_typed_to_come_in_is_not_told_either(boss: Client) -> None:
    tried = AccessAttempt.objects.create(
        username="mira@example.org", ip_address="fd00::1", failures_since_start=1
    )
    said = {"action": "delete_selected", "_selected_action": [tried.pk], "post": "yes"}
    boss.post("/admin/axes/accessattempt/", said)
    (deleted,) = entries("admin.deleted")
    assert deleted.subject == f"axes.accessattempt:{tried.pk}"
    assert "mira" not in str(deleted.data)
