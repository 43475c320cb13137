"""Finding things, for programs."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import moderation as judges
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tests.indexing import index
from tracks.models import Tag
from tracks.tags.services import counting, tagging

pytestmark = pytest.mark.django_db


def ask(client: Client, path: str, **words: Any) -> Any:
    answer = client.get(f"/api/v1/{path}", words)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_things_of_every_kind_are_found(client: Client) -> None:
    track = PublicTrackFactory.create(title="Harbour", owner__display_name="Harbour Lights")
    ReleaseFactory.create(title="Harbour tapes")
    PlaylistFactory.create(title="Harbour mornings")
    index()
    found = ask(client, "search/", q="harbour")
    assert found == {
        "results": [
            {
                "type": "track",
                "id": str(track.pk),
                "title": "Harbour",
                "words": "Harbour Lights",
                "url": track.get_absolute_url(),
            }
        ],
        "next": "",
    }
    for kind, title in (
        *(("release", "Harbour tapes"), ("playlist", "Harbour mornings")),
        ("person", "Harbour Lights"),
    ):
        (row,) = ask(client, "search/", q="harbour", type=kind)["results"]
        assert (row["type"], row["title"]) == (kind, title)


def test_facets_are_parameters(client: Client) -> None:
    PublicTrackFactory.create(title="One", bpm=124, music_key="Am")
    PublicTrackFactory.create(title="Two", bpm=90)
    index()
    for words in ({"bpm": "120..128"}, {"key": "8A"}, {"bpm": ["124", "121"]}, {"bpm": "-..100"}):
        assert [row["title"] for row in ask(client, "search/", **words)["results"]] == ["One"]


def test_counts_are_those_of_the_lists(client: Client) -> None:
    for n in range(7):
        track = PublicTrackFactory.create(title=f"Rain {n}", bpm=85 + n * 10)
        tagging.set_tags(track=track, names=["Storm"] if n % 2 else ["Drizzle"], by=track.owner)
    Tag.objects.update(uses=3)
    index()
    told = ask(client, "search/counts/", q="rain")
    assert told["count"] == 7
    assert told["types"]["track"] == 7
    for group in told["facets"]:
        for option in group["options"]:
            found = ask(client, "search/", q="rain", **{group["facet"]: option["value"]})
            assert len(found["results"]) == option["count"], (group["facet"], option)
    assert {group["facet"] for group in told["facets"]} >= {"tag", "bpm", "year", "licence"}


def test_what_cannot_be_read_is_refused_with_a_sentence(client: Client) -> None:
    answer = client.get("/api/v1/search/", {"bpm": "9..1", "type": "tree"})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert "Write a tempo" in answer.json()["detail"]
    assert "nothing called “tree”" in answer.json()["detail"]
    assert client.get("/api/v1/search/", {"q": "x", "cursor": "1-2"}).status_code == 404
    for text in ("\x00", "\ud800".encode("utf-8", "surrogatepass"), "a" * 10_000):
        assert client.get("/api/v1/search/", {"q": text}).status_code in {200, 400}
        assert client.get("/api/v1/suggest/", {"q": text}).status_code == 200


def test_what_one_types_is_completed(client: Client, django_assert_max_num_queries: Any) -> None:
    track = PublicTrackFactory.create(title="Lantern", owner__display_name="Lana")
    PublicTrackFactory.create(title="Paper lanterns", owner=judges.banned())
    PublicTrackFactory.create(title="My lantern", owner=track.owner)
    tagging.set_tags(track=track, names=["Land"], by=track.owner)
    counting.recount_all()
    index()
    with django_assert_max_num_queries(9):
        found = ask(client, "suggest/", q="lan")["results"]
    told = [(row["type"], row["title"]) for row in found]
    assert set(told[:3]) == {("track", "Lantern"), ("person", "Lana"), ("tag", "Land")}
    assert told[3:] == [("track", "My lantern")]
    assert ask(client, "suggest/", q="")["results"] == []
    assert ask(client, "suggest/", q='"')["results"] == []
