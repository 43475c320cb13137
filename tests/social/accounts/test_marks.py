"""What is one's own, beside pages that are the same for everybody."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory
from tracks import marks
from tracks.models import Playlist, Release

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/me/marks/"


def test_own_things_are_marked_and_those_of_others_are_not(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    track, other = PublicTrackFactory.create(), PublicTrackFactory.create()
    owner = track.owner
    release = Release.objects.create(owner=owner, slug="a", title="A")
    playlist = Playlist.objects.create(owner=owner, slug="b", title="B")
    own = {str(row.pk) for row in (track, release, playlist)}
    ids = ",".join([*own, str(other.pk), str(uuid4())])
    client.force_login(owner)
    with django_assert_max_num_queries(4):
        answer = client.get(ADDRESS, {"ids": ids})
    assert answer.headers["Cache-Control"] == "private, no-store"
    said = answer.json()
    assert said["marks"] == {key: ["owned"] for key in own}
    assert said["person"]["handle"] == owner.handle
    assert (said["unread"], said["person"]["admin_url"]) == (0, "")


def test_staff_are_told_so(client: Client) -> None:
    client.force_login(StaffFactory.create())
    assert client.get(ADDRESS).json()["person"]["admin_url"] == "/admin/"


def test_who_is_not_signed_in_has_nothing(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 401


@pytest.mark.parametrize("ids", ["x", "1,2", ",".join(str(uuid4()) for _ in range(101))])
def test_what_are_no_ids_or_too_many_is_refused(client: Client, ids: str) -> None:
    client.force_login(UserFactory.create())
    answer = client.get(ADDRESS, {"ids": ids})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_upper_app_adds_marks_of_its_own(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = PublicTrackFactory.create()
    monkeypatch.setattr(marks, "RULES", dict(marks.RULES))
    marks.register("liked", lambda _user, ids: ids)
    with pytest.raises(ValueError, match="twice"):
        marks.register("liked", lambda _user, ids: ids)
    client.force_login(UserFactory.create())
    assert client.get(ADDRESS, {"ids": track.pk}).json()["marks"] == {str(track.pk): ["liked"]}
