"""Blind tests: X is drawn, hidden, guessed, counted and kept."""

import json
from collections.abc import Callable
from math import isclose
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from media_pipeline.steps.opus import with_output_gain
from media_pipeline.storage import get_storage
from social.models import User
from tests.factories.media_pipeline import AssetFactory, finish
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import PublicTrackFactory, add_version
from tracks.blind_tests.services import TRIALS_MAX, p_value
from tracks.models import BlindTest, Track, TrackVersion

pytestmark = pytest.mark.django_db
Post = Callable[..., Any]
HEADER = b"....dOps\x00\x02\x01\x38\x00\x00\xbb\x80\x00\x00\x00...."


@pytest.fixture
def track() -> Track:
    """A public piece in two versions, the second 5 dB quieter."""
    track: Track = PublicTrackFactory.create(title="Sea")
    second = add_version(track, finish(AssetFactory.create(owner=track.owner)))
    facts = second.media.asset.facts
    facts.loudness_lufs = -19.2
    facts.save()
    return track


@pytest.fixture
def post(client: Client) -> Post:
    """A function: path below the API, body, `by` whom, `method` → the answer."""

    def post(path: str, body: Any, by: User | None = None, method: str = "POST") -> Any:
        text = json.dumps(body)
        headers = bearer(by) if by else {}
        return client.generic(method, f"/api/v1/{path}", text, "application/json", headers=headers)

    return post


def pair(track: Track) -> dict[str, str]:
    first, second = track.versions.order_by("number")
    return {"version_a": str(first.pk), "version_b": str(second.pk)}


def begun(post: Post, track: Track, by: User | None = None) -> dict[str, Any]:
    """Begin a test and return what the page is told."""
    answer = post(f"tracks/{track.pk}/blind-tests/", pair(track), by)
    assert answer.status_code == 201, answer.content
    told: dict[str, Any] = answer.json()
    return told


def say(post: Post, told: dict[str, Any], trial: int, x: str) -> Any:
    body = {"key": told["key"], "trial": trial, "x": x}
    return post(f"blind-tests/{told['id']}/answers/", body)


@pytest.mark.parametrize(
    ("correct", "trials", "expected"),
    [(0, 0, 1), (0, 5, 1), (1, 1, 0.5), (5, 5, 1 / 32), (12, 16, 0.038406372), (9, 10, 11 / 1024)],
)
def test_the_p_value_is_the_exact_one_sided_binomial(
    correct: int, trials: int, expected: float
) -> None:
    assert isclose(p_value(correct, trials), expected, rel_tol=1e-7)


def test_a_guest_takes_a_test_and_the_owner_reads_it(
    post: Post, track: Track, client: Client
) -> None:
    told = begun(post, track)
    right = 0
    for trial in range(8):
        answer = say(post, told, trial, "a").json()
        assert answer["right"] == (answer["x"] == "a")
        assert answer["trial"]["number"] == trial + 1
        right += answer["right"]
    ending = {"key": told["key"], "name": "  Ada   L. "}
    result = post(f"blind-tests/{told['id']}/", ending, method="PUT").json()
    assert (result["trials"], result["correct"], result["listener"]) == (8, right, "Ada L.")
    assert isclose(result["p_value"], p_value(right, 8))
    row = BlindTest.objects.get()
    assert row.finished_at
    assert row.hidden.count("a") == right
    assert len(row.hidden) == 8, "what was drawn and not answered is no part of it"
    client.force_login(track.owner)
    page = client.get(f"/tracks/{track.slug}/blind-tests/").content.decode()
    assert "Ada L." in page
    assert row.chance in page


def test_what_the_page_is_told_does_not_say_what_x_is(post: Post, track: Track) -> None:
    """The same words whichever it is, but for the row's own key and signature."""
    told = begun(post, track)
    row = BlindTest.objects.get()
    text = json.dumps(told)
    for version in track.versions.select_related("media"):
        for betrayal in (version.pk, version.media_id, version.media.asset_id):
            assert str(betrayal) not in text
    assert set(told) == {"id", "key", "loudness", "passages", "trial"}
    assert set(told["trial"]) == {"number", "hls_url", "passages"}
    assert told["trial"]["passages"] == [], "nothing was moved"
    other = "b" if row.hidden == ["a"] else "a"
    BlindTest.objects.update(hidden=[other])
    again = BlindTest.objects.get()
    from tracks.blind_tests.media import x_url

    assert x_url(again, 0).split("/")[:4] == told["trial"]["hls_url"].split("/")[:4]


def test_x_is_drawn_evenly_and_anew(post: Post, track: Track) -> None:
    told = begun(post, track)
    for trial in range(60):
        say(post, told, trial, "b")
    hidden = BlindTest.objects.get().hidden
    assert 10 < hidden.count("a") < 50


def stored(version: TrackVersion) -> None:
    """Put the header and a segment of a version where delivery looks for them."""
    asset = version.media.asset
    for name, body in {"init.mp4": HEADER, "segment_000.m4s": str(version.number).encode()}.items():
        key = f"transcodes/{asset.pk}/{asset.attempt}/opus/{name}"
        get_storage().write(key, body, content_type="audio/mp4")


def test_x_sounds_as_loud_as_the_quieter_one(post: Post, track: Track, client: Client) -> None:
    for version in track.versions.all():
        stored(version)
    told = begun(post, track)
    for x, number, gain in (("a", b"1", -5.0), ("b", b"2", 0.0)):
        BlindTest.objects.update(hidden=[x])
        base = told["trial"]["hls_url"].removesuffix("master.m3u8")
        segment = client.get(f"{base}opus/segment_000.m4s")
        assert (segment.content, segment.headers["Cache-Control"]) == (number, "no-store")
        assert "ETag" not in segment.headers
        assert client.get(f"{base}opus/init.mp4").content == with_output_gain(HEADER, gain)


def test_the_address_of_x_opens_nothing_else(post: Post, track: Track, client: Client) -> None:
    for version in track.versions.all():
        stored(version)
    told = begun(post, track)
    good = told["trial"]["hls_url"].removesuffix("master.m3u8") + "opus/init.mp4"
    assert client.get(good).status_code == 200
    parts = good.split("/")
    for place, other in ((2, str(uuid4())), (3, "1"), (4, "99999999999"), (5, "0" * 32)):
        forged = [*parts[:place], other, *parts[place + 1 :]]
        assert client.get("/".join(forged)).status_code == 404
    for path in ("opus/../aac/init.mp4", "aac/init.mp4", "mp3_320.mp3", "opus/segment_099.m4s"):
        assert client.get(good.replace("opus/init.mp4", path)).status_code == 404
    say(post, told, 0, "a")
    assert client.get(good).status_code == 404, "an answered trial is closed"


def test_a_hidden_version_ends_the_test(post: Post, track: Track, client: Client) -> None:
    for version in track.versions.all():
        stored(version)
    told = begun(post, track)
    good = told["trial"]["hls_url"].removesuffix("master.m3u8") + "opus/init.mp4"
    track.versions.all()[0].media.revoke()
    assert client.get(good).status_code == 404
    assert say(post, told, 0, "a").status_code == 404


def test_answers_count_once_and_in_order(post: Post, track: Track) -> None:
    told = begun(post, track)
    first = say(post, told, 0, "a")
    assert say(post, told, 0, "a").json()["x"] == first.json()["x"], "sent again, it is the same"
    assert BlindTest.objects.get().trials == 1
    for trial in (0, 5):
        assert say(post, told, trial, "b").json()["type"] == "/problems/trial-over"
    ending = {"key": told["key"]}
    assert post(f"blind-tests/{told['id']}/", ending, method="PUT").status_code == 200
    assert post(f"blind-tests/{told['id']}/", ending, method="PUT").status_code == 200
    assert say(post, told, 1, "a").json()["type"] == "/problems/test-over"


def test_a_test_without_an_answer_has_no_result(post: Post, track: Track) -> None:
    told = begun(post, track)
    refusal = post(f"blind-tests/{told['id']}/", {"key": told["key"]}, method="PUT")
    assert (refusal.status_code, refusal.json()["type"]) == (409, "/problems/no-answers")


def test_a_test_has_an_end(post: Post, track: Track) -> None:
    told = begun(post, track)
    BlindTest.objects.update(
        trials=TRIALS_MAX - 1, answers=["a"] * (TRIALS_MAX - 1), hidden=["a"] * TRIALS_MAX
    )
    assert say(post, told, TRIALS_MAX - 1, "a").json()["trial"] is None
    assert say(post, told, TRIALS_MAX, "a").json()["type"] == "/problems/test-over"


@pytest.mark.parametrize("key", ["", "x", "1-2", "99999999999-" + "0" * 32, "9" * 50, "é-1"])
def test_only_whoever_began_it_answers(post: Post, track: Track, key: str) -> None:
    told = begun(post, track)
    assert say(post, told | {"key": key}, 0, "a").status_code == 404
    assert BlindTest.objects.get().trials == 0


def test_a_listener_reads_their_own_result_and_nobody_elses(
    post: Post, track: Track, client: Client
) -> None:
    fan, stranger = UserFactory.create(), UserFactory.create()
    told = begun(post, track, fan)
    say(post, told, 0, "a")
    address = f"/api/v1/blind-tests/{told['id']}/"
    for user, status in ((fan, 200), (track.owner, 200), (stranger, 404)):
        assert client.get(address, headers=bearer(user)).status_code == status
    assert client.get(address).status_code == 404
    assert client.get(address, {"key": told["key"]}).json()["listener"] == fan.handle


def test_the_owner_lists_results_page_by_page(
    track: Track, client: Client, django_assert_max_num_queries: Any
) -> None:
    first, second = track.versions.order_by("number")
    for _ in range(25):
        BlindTest.objects.create(
            track=track, version_a=first, version_b=second, trials=1, correct=1,
            hidden=["a"], answers=["a"], p_value=0.5, listener=UserFactory.create(),
        )  # fmt: skip
    address = f"/api/v1/tracks/{track.pk}/blind-tests/"
    headers = bearer(track.owner)
    with django_assert_max_num_queries(5):
        told = client.get(address, headers=headers).json()
    assert len(told["results"]) == 24
    rest = client.get(address, {"before": told["next"]}, headers=headers).json()
    assert (len(rest["results"]), rest["next"]) == (1, "")
    assert client.get(address, {"before": "nonsense"}, headers=headers).status_code == 404
    client.force_login(track.owner)
    with django_assert_max_num_queries(6):
        page = client.get(f"/tracks/{track.slug}/blind-tests/")
    assert len(page.context["tests"]) == 24


@pytest.mark.parametrize(
    "change",
    [
        {"version_a": "x"},
        {"version_a": None},
        {"version_b": ...},
        {"version_b": str(uuid4())},
        {"token": 7},
        {"token": "t" * 300},
        {"token": []},
    ],
)
def test_nonsense_is_refused(post: Post, track: Track, change: dict[str, Any]) -> None:
    body = pair(track) | {k: v for k, v in change.items() if v is not ...}
    if ... in change.values():
        del body["version_b"]
    answer = post(f"tracks/{track.pk}/blind-tests/", body)
    assert answer.status_code in {201, 400, 404} if change == {"token": 7} else {400, 404}
    assert answer.status_code < 500
    wrong: list[Any] = [[], "x", None, {"key": []}, {"key": "1-2", "trial": "x", "x": "c"}]
    for each in wrong:
        assert post(f"blind-tests/{uuid4()}/answers/", each).status_code in {400, 404}


def test_one_version_is_no_pair_and_two_pieces_are_none(post: Post, track: Track) -> None:
    same = pair(track) | {"version_b": pair(track)["version_a"]}
    answer = post(f"tracks/{track.pk}/blind-tests/", same)
    assert answer.json()["type"] == "/problems/same-version"
    other = PublicTrackFactory.create()
    foreign = pair(track) | {"version_b": str(other.primary_version_id)}
    assert post(f"tracks/{track.pk}/blind-tests/", foreign).status_code == 404


def test_hidden_versions_are_the_owners(post: Post, track: Track) -> None:
    TrackVersion.objects.filter(track=track, number=2).update(hidden_at="2026-01-01T00:00Z")
    assert post(f"tracks/{track.pk}/blind-tests/", pair(track)).status_code == 404
    assert post(f"tracks/{track.pk}/blind-tests/", pair(track), track.owner).status_code == 201


def test_an_unlisted_piece_opens_to_its_key(post: Post, track: Track) -> None:
    Track.objects.filter(pk=track.pk).update(visibility="unlisted")
    assert post(f"tracks/{track.pk}/blind-tests/", pair(track)).status_code == 404
    held = pair(track) | {"token": track.token}
    assert post(f"tracks/{track.pk}/blind-tests/", held).status_code == 201
