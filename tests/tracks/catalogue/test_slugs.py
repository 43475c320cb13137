"""Addresses that change, and that go on leading here."""

import pytest
from django.test import Client

from config.lib.problems import Problem
from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    UnlistedTrackFactory,
)
from tracks.catalogue.services import deletion, editing
from tracks.collections import services as collections
from tracks.models import FormerSlug, Track
from tracks.models.slugs import new_slug

pytestmark = pytest.mark.django_db
PAGES = ("", "edit/", "versions/", "history/", "review/", "delete/", "visual/", "collect/")


def renamed(track: Track, slug: str = "after") -> Track:
    return editing.edit(track=track, by=track.owner, slug=slug)


def test_every_page_of_the_old_address_leads_to_the_new_one(client: Client) -> None:
    track = PublicTrackFactory.create(slug="before")
    renamed(track)
    client.force_login(track.owner)
    for page in PAGES:
        answer = client.get(f"/tracks/before/{page}?v=1")
        assert answer.status_code == 301, page
        assert answer["Location"] == f"/tracks/after/{page}?v=1"
        assert answer["Cache-Control"] == "private, no-store"
        assert client.get(f"/tracks/after/{page}").status_code == 200
    answer = client.post("/tracks/before/edit/", {"title": "Sent by an old form"})
    assert (answer.status_code, answer["Location"]) == (308, "/tracks/after/edit/")


def test_it_leads_only_whom_it_is_open_to(client: Client) -> None:
    track = ReadyTrackFactory.create(slug="before")
    renamed(track)
    for person in (None, UserFactory.create()):
        if person:
            client.force_login(person)
        assert client.get("/tracks/before/").status_code == 404
    client.force_login(track.owner)
    assert client.get("/tracks/before/").status_code == 301
    deletion.delete(track=track, by=track.owner)
    assert client.get("/tracks/before/").status_code == 404


def test_an_unlisted_one_leads_whoever_holds_its_key(client: Client) -> None:
    track = UnlistedTrackFactory.create(slug="before")
    renamed(track)
    assert client.get("/tracks/before/comparison/").status_code == 404
    place = f"/tracks/before/comparison/?token={track.token}"
    assert client.get(place)["Location"] == f"/tracks/after/comparison/?token={track.token}"


def test_a_former_address_is_given_to_nobody_else() -> None:
    track = PublicTrackFactory.create(slug="before")
    renamed(track)
    assert new_slug("Before") != "before"
    other = PublicTrackFactory.create(slug="other")
    for slug in ("before", "after", "new"):
        with pytest.raises(Problem, match="Something else has this address"):
            renamed(other, slug)


def test_what_is_deleted_keeps_its_address() -> None:
    track = PublicTrackFactory.create(slug="before")
    deletion.delete(track=track, by=track.owner)
    assert new_slug("Before") != "before"
    deletion.remove(track=track, by=track.owner)
    assert new_slug("Before") == "before"


def test_its_own_former_address_can_be_taken_back(client: Client) -> None:
    track = PublicTrackFactory.create(slug="before")
    renamed(track)
    renamed(track, "before")
    assert client.get("/tracks/before/").status_code == 200
    assert client.get("/tracks/after/")["Location"] == "/tracks/before/"
    assert [former.slug for former in FormerSlug.objects.all()] == ["after"]


def test_oembed_knows_the_old_address(client: Client) -> None:
    track = PublicTrackFactory.create(slug="before", title="Sea")
    renamed(track)
    answer = client.get("/oembed/", {"url": "http://testserver/tracks/before/"})
    assert answer.json()["title"] == "Sea"


@pytest.mark.parametrize("factory", [ReleaseFactory, PlaylistFactory])
def test_lists_lead_on_too(factory: type, client: Client) -> None:
    found = factory.create(slug="before")  # type: ignore[attr-defined]
    PublicTrackFactory.create(slug="after", owner=found.owner)  # of another kind
    kind = type(found).__name__.lower()
    client.force_login(found.owner)
    words = {"title": "A", "slug": "After ", "visibility": "public", "kind": "album"}
    words["licence"] = "all-rights-reserved"
    assert client.post(f"/{kind}s/before/edit/", words).status_code == 302
    for page in ("", "edit/"):
        answer = client.get(f"/{kind}s/before/{page}")
        assert (answer.status_code, answer["Location"]) == (301, f"/{kind}s/after/{page}")
    other = factory.create(owner=found.owner, slug="other")  # type: ignore[attr-defined]
    refused = client.post(f"/{kind}s/other/edit/", words | {"slug": "before"})
    assert refused.status_code == 422
    assert "Something else has this address." in refused.text
    collections.delete(collection=found, by=found.owner)
    assert client.get(f"/{kind}s/before/").status_code == 404
    assert client.get(f"/{kind}s/{other.slug}/").status_code == 200
