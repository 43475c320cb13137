"""Administrators see the storage, have it counted again, and delete what belongs to nobody."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.lib.ids import uuid7
from media_pipeline.audit import rules
from media_pipeline.models import Job, StorageFinding
from media_pipeline.storage import MediaStorage
from tests.factories.media_pipeline import AssetFactory
from tests.factories.social import UserFactory
from tests.media_pipeline.audit.days import put, seen_a_day_ago, seen_once, sweep_tomorrow

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/media_pipeline/storagefinding/"


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def looker(client: Client) -> Client:
    """Somebody of the staff who may look, and no more."""
    person = UserFactory.create(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_storagefinding"))
    client.force_login(person)
    return client


def page(client: Client) -> str:
    return client.get(ADDRESS).content.decode()


def act(client: Client) -> str:
    keys = [str(finding.pk) for finding in StorageFinding.objects.all()]
    words = {"action": "delete_bytes", "_selected_action": keys}
    return client.post(ADDRESS, words, follow=True).content.decode()


def test_it_says_when_nothing_was_counted(admin: Client) -> None:
    assert "The storage was not counted yet." in page(admin)


def test_bytes_by_kind_stand_above_the_findings(admin: Client, disk: MediaStorage) -> None:
    asset = AssetFactory.create()
    put("readme.txt", data=bytes(300))
    sweep_tomorrow()
    text = page(admin)
    assert "1 files, 300" in text
    assert 'value="100.0" aria-label="Share of Other"' in text
    assert asset.key in text
    assert "Count again" in text


def test_it_is_counted_again_on_demand(admin: Client, disk: MediaStorage) -> None:
    answer = admin.post(ADDRESS, {"count_again": "1"}, follow=True).content.decode()
    assert "The storage is being counted." in answer
    assert "It is being counted." in answer
    assert "Count again" not in answer
    assert Job.objects.get(kind=rules.COUNT).state == "pending"
    admin.post(ADDRESS, {"count_again": "1"})
    assert Job.objects.filter(kind=rules.COUNT).count() == 1


def test_who_may_only_look_changes_nothing(looker: Client, disk: MediaStorage) -> None:
    key = f"originals/{uuid7()}.wav"
    put(key)
    sweep_tomorrow()
    seen_a_day_ago()
    text = page(looker)
    assert key in text
    assert "Count again" not in text
    assert looker.post(ADDRESS, {"count_again": "1"}).status_code == 403
    act(looker)
    assert not Job.objects.exists()
    assert disk.exists(key)


def test_strangers_are_sent_away(client: Client) -> None:
    client.force_login(UserFactory.create())
    for answer in (client.get(ADDRESS), client.post(ADDRESS, {"count_again": "1"})):
        assert answer.status_code == 302
    assert not Job.objects.exists()


def test_only_orphans_are_deleted(admin: Client, disk: MediaStorage) -> None:
    asset, key = AssetFactory.create(), f"originals/{uuid7()}.wav"
    put(key, "readme.txt")
    sweep_tomorrow()
    seen_once()
    assert "Left alone: 3." in act(admin)
    seen_a_day_ago()
    text = act(admin)
    assert "Deleted: 1, 5" in text
    assert "Left alone: 2." in text
    assert list(disk.list("")) == ["readme.txt"]
    kinds = dict(StorageFinding.objects.values_list("key", "kind"))
    assert kinds == {asset.key: "missing", "readme.txt": "orphan"}


def test_its_questions_do_not_grow(
    admin: Client, disk: MediaStorage, django_assert_num_queries: Any
) -> None:
    AssetFactory.create()
    sweep_tomorrow()
    admin.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        admin.get(ADDRESS)
    AssetFactory.create_batch(30)
    sweep_tomorrow()
    with django_assert_num_queries(len(few)):
        admin.get(ADDRESS)


def test_a_finding_is_only_looked_at(admin: Client, disk: MediaStorage) -> None:
    AssetFactory.create()
    sweep_tomorrow()
    address = f"{ADDRESS}{StorageFinding.objects.get().pk}/change/"
    assert admin.get(address).status_code == 200
    assert admin.post(address, {"key": "x"}).status_code == 403
    assert admin.get(f"{ADDRESS}add/").status_code == 403
