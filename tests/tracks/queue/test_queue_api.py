"""A queue that another device can go on with."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from social.models import User
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, UnlistedTrackFactory
from tracks.models import PlayQueue, Track

pytestmark = pytest.mark.django_db

QUEUE = "/api/v1/queue/"


@pytest.fixture
def fan(client: Client) -> User:
    person: User = UserFactory(handle="fan")
    client.force_login(person)
    return person


def item(track: Any, name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "version": str(track.primary_version_id), **more}


def change(client: Client, **body: Any) -> Any:
    return client.patch(QUEUE, json.dumps(body), content_type="application/json")


def read(client: Client) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(QUEUE).json()
    return answer


def test_who_never_had_one_has_an_empty_one(client: Client, fan: User) -> None:
    assert read(client) == {
        "revision": 0, "entries": [], "current": "", "position_ms": 0, "shuffle": False,
        "repeat": "off", "device": "",
    }  # fmt: skip
    assert not PlayQueue.objects.exists()


def test_a_queue_comes_back_as_it_was_sent(client: Client, fan: User) -> None:
    rain, sun = PublicTrackFactory(title="Rain"), PublicTrackFactory(title="Sun")
    items = [item(rain, "a"), item(sun, "b", seat=0.5), item(rain, "c")]
    sent = {"current": "b", "position_ms": 61_500, "shuffle": True, "repeat": "all", "device": "d1"}
    assert change(client, revision=0, items=items, **sent).json() == {"revision": 1}
    told = read(client)
    assert [(e["queue_id"], e["title"], e["seat"]) for e in told["entries"]] == [
        ("a", "Rain", None), ("b", "Sun", 0.5), ("c", "Rain", None),
    ]  # fmt: skip
    assert {name: told[name] for name in sent} == sent
    assert change(client, revision=1, position_ms=70_000).json() == {"revision": 2}
    assert (read(client)["position_ms"], read(client)["repeat"]) == (70_000, "all")


def test_an_older_revision_is_refused_and_changes_nothing(client: Client, fan: User) -> None:
    rain, sun = PublicTrackFactory(title="Rain"), PublicTrackFactory(title="Sun")
    change(client, revision=0, items=[item(rain, "a")])
    late = change(client, revision=0, items=[item(sun, "b")])
    assert late.status_code == 409
    assert late["Content-Type"] == "application/problem+json"
    assert (late.json()["type"], late.json()["revision"]) == ("/problems/queue-changed", 1)
    assert [entry["title"] for entry in read(client)["entries"]] == ["Rain"]


def test_what_may_no_longer_be_heard_is_left_out(client: Client, fan: User) -> None:
    rain, sun = PublicTrackFactory(title="Rain"), PublicTrackFactory(title="Sun")
    hers = ReadyTrackFactory(title="Not yours")
    items = [item(rain, "a"), item(hers, "b"), item(sun, "c")]
    change(client, revision=0, items=items, current="a", position_ms=9)
    Track.objects.filter(pk=rain.pk).update(visibility="private")
    told = read(client)
    assert [entry["title"] for entry in told["entries"]] == ["Sun"]
    assert (told["current"], told["position_ms"]) == ("", 0)


def test_an_unlisted_track_stays_for_who_holds_its_key(client: Client, fan: User) -> None:
    hush = UnlistedTrackFactory(title="Hush")
    change(client, revision=0, items=[item(hush, "a")])
    assert read(client)["entries"] == []
    change(client, revision=1, items=[item(hush, "b", key=hush.token)])
    (entry,) = read(client)["entries"]
    assert (entry["queue_id"], entry["key"]) == ("b", hush.token)


def test_a_hidden_version_is_not_told(client: Client, fan: User) -> None:
    rain = PublicTrackFactory(title="Rain")
    change(client, revision=0, items=[item(rain, "a")])
    rain.versions.update(hidden_at=rain.created_at)
    assert read(client)["entries"] == []


def test_queues_are_each_persons_own(client: Client, fan: User) -> None:
    change(client, revision=0, items=[item(PublicTrackFactory(), "a")])
    client.force_login(UserFactory())
    assert read(client)["entries"] == []
    client.logout()
    assert client.get(QUEUE).status_code == 401
    assert change(client, revision=0, items=[]).status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"revision": -1},
        {"revision": 0, "current": "nobody"},
        {"revision": 0, "repeat": "some"},
        {"revision": 0, "position_ms": -1},
        {"revision": 0, "position_ms": 10**15},
        {"revision": 0, "items": [{"id": "a", "version": "x"}]},
        {"revision": 0, "items": [{"id": "a" * 41, "version": str(uuid4())}]},
        {"revision": 0, "items": [{"id": "a", "version": str(uuid4())}] * 2},
        {"revision": 0, "items": [{"id": str(n), "version": str(uuid4())} for n in range(501)]},
        {
            "revision": 0,
            "items": [{"id": str(n), "version": str(uuid4()), "key": f"k{n}"} for n in range(21)],
        },
        {"revision": 0, "items": "none"},
    ],
)
def test_nonsense_is_a_problem(client: Client, fan: User, wrong: dict[str, Any]) -> None:
    answer = change(client, **wrong)
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert not PlayQueue.objects.filter(revision__gt=0).exists()


def test_reading_takes_few_queries(
    client: Client, fan: User, django_assert_max_num_queries: Any
) -> None:
    tracks = PublicTrackFactory.create_batch(8)
    change(client, revision=0, items=[item(track, track.slug) for track in tracks])
    with django_assert_max_num_queries(4):
        assert len(read(client)["entries"]) == 8


def test_why_something_follows_by_itself_comes_back(client: Client, fan: User) -> None:
    rain, sun = PublicTrackFactory(), PublicTrackFactory()
    items = [item(rain, "a"), item(sun, "b", reason="Alike, same key")]
    assert change(client, revision=0, items=items).status_code == 200
    assert [entry["reason"] for entry in read(client)["entries"]] == ["", "Alike, same key"]
    too_long = [item(rain, "a", reason="x" * 121)]
    assert change(client, revision=1, items=too_long).status_code == 400
