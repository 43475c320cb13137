"""Releases as programs make, read and change them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.releases import filled, order_of
from tests.factories.social import UserFactory
from tests.factories.tracks import ReadyTrackFactory, ReleaseFactory
from tracks.models import Label, Release, Track

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def artist(client: Client) -> Any:
    """Somebody who is signed in."""
    person = UserFactory.create(handle="ada", display_name="Ada")
    client.force_login(person)
    return person


def test_one_is_made_of_ones_own_tracks(client: Client, artist: Any) -> None:
    tracks = [ReadyTrackFactory.create(owner=artist, title=str(n)) for n in range(2)]
    said: dict[str, Any] = {"title": "Orchard", "kind": "ep", "visibility": "public"}
    said["label"] = "Fields"
    said |= {"tracks": [str(track.pk) for track in reversed(tracks)], "upc": "0 36000 29145 2"}
    answer = client.post("/api/v1/releases/", said, content_type=JSON)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["kind"], told["label"], told["upc"]) == ("ep", "Fields", "036000291452")
    assert [track["title"] for track in told["tracks"]] == ["1", "0"]
    assert told["published_at"]
    assert set(Track.objects.values_list("visibility", flat=True)) == {"public"}
    assert client.get(told["url"]).status_code == 200


def test_one_comes_out_at_its_hour(client: Client, artist: Any) -> None:
    track = ReadyTrackFactory.create(owner=artist)
    moment = timezone.now() + timedelta(days=2)
    said = {"title": "Later", "tracks": [str(track.pk)], "release_at": moment.isoformat()}
    answer = client.post("/api/v1/releases/", said | {"time_zone": "Asia/Tokyo"}, content_type=JSON)
    told = answer.json()
    assert (told["visibility"], told["published_at"]) == ("public", None)
    assert told["time_zone"] == "Asia/Tokyo"
    address = f"/api/v1/releases/{told['id']}/"
    assert Client().get(address).status_code == 404
    now = client.patch(address, {"release_at": None}, content_type=JSON)
    assert now.json()["published_at"]
    assert Client().get(address).json()["tracks"]
    back = client.patch(address, {"visibility": "private"}, content_type=JSON)
    assert back.json()["visibility"] == "private"


@pytest.mark.parametrize(
    ("said", "kept"),
    [("1977", "1977"), ("1977-03", "1977-03"), ("1977-03-01", "1977-03-01"), (None, None)],
)
def test_as_much_of_its_date_is_kept_as_is_known(
    client: Client, artist: Any, said: str | None, kept: str | None
) -> None:
    body = {"title": "Orchard", "released_on": said}
    made = client.post("/api/v1/releases/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    assert made.json()["released_on"] == kept
    for wrong in ("never", "1977-13", "77", 1.5, ["1977"], "1977-03-01T10:00"):
        answer = client.patch(
            f"/api/v1/releases/{made.json()['id']}/",
            {"released_on": wrong},
            content_type="application/json",
        )
        assert answer.status_code == 400, wrong
    assert Release.objects.get().released_on == (kept or "")


def test_refusals_leave_nothing_behind(client: Client, artist: Any) -> None:
    foreign = ReadyTrackFactory.create()
    for wrong in (
        {"tracks": [str(foreign.pk)]},
        {"title": " "},
        {"upc": "036000291453"},
        {"kind": "opera"},
        {"visibility": "public"},
        {"time_zone": "Mars/Base"},
        {"tracks": ["x"]},
        {"tracks": "x"},
        {"release_at": "2026-13-01"},
    ):
        answer = client.post("/api/v1/releases/", {"title": "A"} | wrong, content_type=JSON)
        assert answer.status_code in {400, 403}, wrong
        assert answer["Content-Type"] == "application/problem+json"
    assert not Release.objects.exists()


def test_order_and_discs_are_put(client: Client, artist: Any) -> None:
    release, (zero, one, _) = filled(3, owner=artist)
    places = [str(one.pk), {"track": str(zero.pk), "disc": 2}]
    address = f"/api/v1/releases/{release.pk}/tracks/"
    answer = client.put(address, {"tracks": places}, content_type=JSON)
    assert [(each["disc"], each["title"]) for each in answer.json()["tracks"]] == [
        (1, "No. 1"),
        (2, "No. 0"),
    ]
    late = ReadyTrackFactory.create(owner=artist, title="Late")
    answer = client.post(address, {"track": str(late.pk), "path": "x/3.flac"}, content_type=JSON)
    assert answer.status_code == 201
    assert order_of(release)[-1] == (2, "Late")


def test_a_draft_takes_its_name_from_its_folder(client: Client, artist: Any) -> None:
    told = client.post("/api/v1/releases/", {"title": "x", "draft": True}, content_type=JSON).json()
    draft: Any = Release.objects.get(pk=told["id"])
    assert draft.guessed["folder"] == "x"


def test_a_list_goes_on_by_its_key(
    client: Client, artist: Any, django_assert_num_queries: Any
) -> None:
    for number in range(30):
        ReleaseFactory.create(owner=artist, visibility="private" if number % 2 else "public")
    ReleaseFactory.create()
    with django_assert_num_queries(2):  # who asks, and the list
        page = client.get("/api/v1/releases/?mine=1").json()
    rest = client.get(f"/api/v1/releases/{page['next']}").json()
    assert (len(page["releases"]), len(rest["releases"]), rest["next"]) == (24, 6, "")
    everybody = Client().get("/api/v1/releases/").json()["releases"]
    assert len(everybody) == 16
    assert client.get("/api/v1/releases/?before=nonsense").status_code == 404


def test_labels_are_ones_own(client: Client, artist: Any) -> None:
    label = Label.objects.create(owner=artist, name="Fields", slug="fields")
    Label.objects.create(owner=artist, name="Other", slug="other")
    address = f"/api/v1/labels/{label.pk}/"
    said = {"name": "Meadows", "link": "https://example.org/"}
    assert client.put(address, said, content_type=JSON).json()["name"] == "Meadows"
    taken = client.put(address, said | {"name": "OTHER"}, content_type=JSON)
    assert taken.json()["type"] == "/problems/name-taken"
    script = client.put(address, said | {"link": "javascript:alert(1)"}, content_type=JSON)
    assert script.status_code == 400
    assert [one["name"] for one in client.get("/api/v1/labels/").json()] == ["Meadows", "Other"]
    assert client.delete(address).status_code == 204
