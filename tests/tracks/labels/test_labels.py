"""A label is a thing with a page, on which stands what everybody may open of it."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.releases import filled
from tests.factories.social import UserFactory
from tests.indexing import index
from tracks.models import Label, Release
from tracks.releases.services import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def label() -> Label:
    owner: Any = UserFactory.create(handle="ada", display_name="Ada")
    for title, visibility in (("Dawn", "public"), ("Hidden", "private"), ("Sealed", "unlisted")):
        release, _ = filled(1, owner=owner, title=title, visibility=visibility)
        words.edit(release=release, words={"label": " Fieldnotes "}, by=owner)
    return Label.objects.get()


def test_its_page_shows_what_the_visitor_may_open(client: Client, label: Label) -> None:
    page = client.get("/labels/fieldnotes/").text
    assert "Dawn" in page
    assert "Hidden" not in page
    assert "Sealed" not in page
    client.force_login(label.owner)
    own = client.get("/labels/fieldnotes/").text
    assert "Hidden" in own


def test_one_that_only_drafts_name_is_known_to_its_owner_alone(
    client: Client, label: Label
) -> None:
    Release.objects.filter(title="Dawn").update(visibility="private")
    for _ in range(2):
        assert client.get("/labels/fieldnotes/").status_code == 404
        assert client.get(f"/api/v1/labels/{label.pk}/").status_code == 404
        client.force_login(UserFactory.create())
    client.force_login(label.owner)
    assert client.get("/labels/fieldnotes/").status_code == 200


def test_a_release_names_it_and_a_search_finds_it(client: Client, label: Label) -> None:
    release: Any = Release.objects.get(title="Dawn")
    assert 'href="/labels/fieldnotes/"' in client.get(release.get_absolute_url()).text
    index()
    assert "/labels/fieldnotes/" in client.get("/search/?q=fieldno").text


def test_capitals_make_no_second_one(label: Label) -> None:
    release: Any = Release.objects.get(title="Dawn")
    words.edit(release=release, words={"label": "FIELDNOTES"}, by=label.owner)
    assert Label.objects.count() == 1
    words.edit(release=release, words={"label": ""}, by=label.owner)
    release.refresh_from_db()
    assert release.label is None


def test_its_owner_changes_it(client: Client, label: Label) -> None:
    client.force_login(label.owner)
    form = {"name": "Meadows", "description_md": "*Green*", "link": "example.org"}
    page = client.post("/labels/fieldnotes/edit/", form, follow=True).text
    assert "Meadows" in page
    assert "<em>Green</em>" in page
    assert 'href="https://example.org"' in page
    wrong = client.post("/labels/fieldnotes/edit/", form | {"name": " "})
    assert wrong.status_code == 422
    client.post("/labels/fieldnotes/delete/")
    assert not Label.objects.exists()
    assert Release.objects.count() == 3


def test_its_page_takes_a_few_queries(
    client: Client, label: Label, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        release, _ = filled(1, owner=label.owner, title=f"More {number}")
        words.edit(release=release, words={"label": "Fieldnotes"}, by=label.owner)
    with django_assert_max_num_queries(5):
        client.get("/labels/fieldnotes/")
