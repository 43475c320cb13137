"""What programs are told of neighbours and paths."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, UnlistedTrackFactory
from tests.tracks.alike.sounds import at, sounding
from tracks.models import Track

pytestmark = pytest.mark.django_db


def ask(track: Track, query: str = "", *, what: str = "similar", client: Any = None) -> Any:
    return (client or Client()).get(f"/api/v1/tracks/{track.pk}/{what}/{query}")


def titles(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["title"] for row in answer.json()["results"]]


@pytest.fixture
def seed() -> Track:
    return sounding(at(0), title="seed", bpm=Decimal(120), music_key="Am")


def test_each_neighbour_says_why_it_is_there(seed: Track) -> None:
    sounding(at(5), title="near", bpm=Decimal("123.6"), music_key="Em")
    told = ask(seed).json()
    assert told["is_described"] is True
    (near,) = told["results"]
    assert near["reason"] == "Almost the same sound, E minor goes with it, 3\u00a0% faster"
    assert near["distance"] == pytest.approx(0.0038, abs=1e-3)
    assert (near["bpm"], near["music_key"], near["camelot"]) == (123.6, "Em", "9A")
    assert near["version_id"]
    assert near["url"].startswith("/tracks/")


def test_how_many_and_which_not_can_be_said(seed: Track) -> None:
    near = [sounding(at(degrees), title=str(degrees)) for degrees in (1, 2, 3)]
    assert titles(ask(seed, "?limit=2")) == ["1", "2"]
    assert titles(ask(seed, f"?without={near[0].pk},{near[1].pk}")) == ["3"]
    assert titles(ask(seed, "?without=")) == ["1", "2", "3"]


def test_harmony_is_asked_for_by_name(seed: Track) -> None:
    sounding(at(1), title="near")
    one = sounding(at(50), title="in harmony", bpm=Decimal(60), music_key="Am")
    assert titles(ask(seed, "?by=harmony")) == ["in harmony"]
    assert titles(ask(seed, f"?by=harmony&without={one.pk}")) == []


@pytest.mark.parametrize(
    "query",
    [
        *("?limit=0", "?limit=49", "?limit=x", "?by=mood", "?by=\0"),
        *("?without=x", "?without=\0", "?without=" + ",".join(str(uuid4()) for _ in range(101))),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(seed: Track, query: str) -> None:
    answer = ask(seed, query)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_a_piece_that_was_not_described_says_so() -> None:
    told = ask(PublicTrackFactory.create()).json()
    assert told == {"is_described": False, "results": []}


def test_the_key_of_an_unlisted_piece_opens_its_neighbours(seed: Track) -> None:
    secret = sounding(at(1), UnlistedTrackFactory)
    assert ask(secret).status_code == 404
    assert titles(ask(secret, f"?token={secret.token}")) == ["seed"]
    assert titles(ask(seed)) == [], "and is no neighbour itself"


def test_owners_find_their_own_closed_pieces_and_nobody_else_does(seed: Track) -> None:
    closed = sounding(at(1), ReadyTrackFactory, title="closed")
    owner = Client()
    owner.force_login(closed.owner)
    assert titles(ask(seed, client=owner)) == ["closed"]
    assert titles(ask(seed)) == []


def test_a_path_tells_each_step_and_the_end(seed: Track) -> None:
    end = sounding(at(80), title="end")
    for degrees in (20, 40, 60):
        sounding(at(degrees), title=str(degrees))
    answer = ask(seed, f"?to={end.pk}&steps=3", what="path")
    assert titles(answer) == ["20", "40", "60", "end"]
    assert {row["reason"] for row in answer.json()["results"]} == {"Almost the same sound"}


def test_a_path_leads_only_to_what_one_may_open(seed: Track) -> None:
    closed = sounding(at(80), ReadyTrackFactory)
    for to in (closed.pk, uuid4()):
        assert ask(seed, f"?to={to}", what="path").status_code == 404
    for query in ("", "?to=x", f"?to={seed.pk}&steps=0", f"?to={seed.pk}&steps=13"):
        assert ask(seed, query, what="path").status_code == 400


def test_neighbours_and_paths_can_be_played_as_lists(seed: Track) -> None:
    end = sounding(at(80), title="end", bpm=Decimal(121), music_key="C")
    middle = sounding(at(40), title="middle")
    for name, wanted in (
        (f"alike/{seed.slug}", ["middle", "end"]),
        (f"harmony/{seed.slug}", ["end"]),
        (f"path/{seed.slug}/{end.slug}/1", ["seed", "middle", "end"]),
    ):
        told = Client().get(f"/api/v1/lists/{name}/").json()
        assert [row["title"] for row in told["entries"]] == wanted
    for name in ("path/x", f"path/{seed.slug}/{end.slug}/99", f"path/{seed.slug}/none/1"):
        assert Client().get(f"/api/v1/lists/{name}/").status_code == 404
    assert middle.slug


def test_queries_do_not_grow_with_what_is_found(
    seed: Track, django_assert_max_num_queries: Any
) -> None:
    for degrees in range(1, 30):
        sounding(at(degrees))
    with django_assert_max_num_queries(8):
        assert len(titles(ask(seed, "?limit=29"))) == 29
