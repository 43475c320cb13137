"""Notes for programs."""

from typing import Any

import pytest
from django.test import Client

from social.models import Note, Placement, Reviewer
from tests.factories.notes import NoteFactory
from tests.factories.review import ReviewGuestFactory
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import PublicTrackFactory, UnlistedTrackFactory, add_version
from tracks.models import Track

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def track() -> Track:
    return PublicTrackFactory.create()


def url(track: Track, query: str = "") -> str:
    return f"/api/v1/tracks/{track.pk}/notes/{query}"


def test_a_program_writes_answers_and_settles(client: Client, track: Track) -> None:
    fan, artist = bearer(UserFactory.create(handle="fan")), bearer(track.owner)
    body = {"at_ms": 62_000, "until_ms": 70_000, "body": "*Here* it drags."}
    made = client.post(url(track), body, content_type=JSON, headers=fan)
    assert made.status_code == 201
    note = made.json()
    assert note["writer"] == {"name": "Fan", "handle": "fan"}
    assert note["body_html"] == "<p><em>Here</em> it drags.</p>\n"
    assert (note["at_ms"], note["until_ms"], note["written_on"]) == (62_000, 70_000, 1)
    answer = {"parent": note["id"], "body": "So?"}
    client.post(url(track), answer, content_type=JSON, headers=artist)
    action = f"/api/v1/notes/{note['id']}/"
    assert client.post(f"{action}resolution/", headers=artist).json()["state"] == "resolved"
    told = client.get(url(track)).json()
    assert [each["id"] for each in told["notes"]] == [note["id"]]
    assert [reply["body"] for reply in told["notes"][0]["replies"]] == ["So?"]
    assert client.get(url(track, "?state=open")).json()["notes"] == []
    assert client.delete(f"{action}resolution/", headers=artist).json()["state"] == "open"
    assert client.delete(action, headers=fan).status_code == 204


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"body": "When?"}, 400, "invalid-input"),
        ({"at_ms": 1, "body": ""}, 400, "invalid-input"),
        ({"at_ms": -1, "body": "x"}, 400, "invalid-input"),
        ({"at_ms": 2**40, "body": "x"}, 400, "invalid-input"),
        ({"at_ms": 1, "body": "a\x00b"}, 400, "invalid-input"),
        ({"at_ms": 900_000, "body": "x"}, 400, "invalid-note"),
        ({"at_ms": 5, "until_ms": 4, "body": "x"}, 400, "invalid-note"),
        ({"at_ms": 5, "body": "x", "visibility": "reviewers"}, 400, "invalid-note"),
        ({"parent": "01a1fdf4-b1e9-7009-9ef0-2c2a43c657c5", "body": "x"}, 404, "not-found"),
        ([], 400, "invalid-input"),
    ],
)
def test_bad_notes_are_refused_with_a_sentence(
    client: Client, track: Track, body: Any, status: int, kind: str
) -> None:
    fan = bearer(UserFactory.create())
    answer = client.post(url(track), body, content_type=JSON, headers=fan)
    assert answer.status_code == status, answer.json()
    assert answer.json()["type"] == f"/problems/{kind}"
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("query", ["?v=x", "?v=9", "?by=me", "?after=soon", "?written=one"])
def test_nonsense_in_the_address_is_not_found(client: Client, track: Track, query: str) -> None:
    assert client.get(url(track, query)).status_code == 404
    assert client.get(f"/tracks/{track.pk}/notes/{query}").status_code == 404


def test_pages_go_on_where_the_last_ended(client: Client, track: Track) -> None:
    version = track.primary_version
    for n in range(105):
        NoteFactory.create(version=version, user=track.owner, at_ms=n // 2)
    first = client.get(url(track)).json()
    second = client.get(url(track, f"?after={first['next']}")).json()
    assert second["next"] is None
    seen = [each["id"] for each in first["notes"] + second["notes"]]
    assert len(seen) == len(set(seen)) == 105


def test_the_list_costs_the_same_however_long(
    client: Client, track: Track, django_assert_max_num_queries: Any
) -> None:
    version, ada = track.primary_version, UserFactory.create()
    for n in range(40):
        note = NoteFactory.create(version=version, at_ms=n)
        NoteFactory.create(version=version, at_ms=n, parent=note, user=ada)
        Placement.objects.filter(note=note).update(carried_from=version)
    Reviewer.objects.create(track=track, user=ada, invited_by=track.owner)
    for person in (track.owner, ada):
        client.force_login(person)
        with django_assert_max_num_queries(8):
            assert client.get(f"/tracks/{track.pk}/notes/").status_code == 200
        with django_assert_max_num_queries(8):
            assert len(client.get(url(track)).json()["notes"]) == 40


def test_notes_stand_where_they_were_placed(client: Client, track: Track) -> None:
    first = track.primary_version
    here = NoteFactory.create(version=first, at_ms=62_000)
    NoteFactory.create(version=first, at_ms=1_000)
    second = add_version(track)
    Placement.objects.create(
        note=here, version=second, at_ms=70_000, carried_from=first, changed=True
    )
    told = client.get(url(track)).json()["notes"]
    assert [(each["at_ms"], each["written_at_ms"], each["written_on"]) for each in told] == [
        (70_000, 62_000, 1)
    ]
    assert told[0]["changed"]
    assert len(client.get(url(track, "?v=1")).json()["notes"]) == 2
    page = client.get(f"/tracks/{track.pk}/notes/").text
    assert "Moved from 1:02 in v1" in page
    assert "This passage changed" in page
    Placement.objects.filter(version=second).update(lost=True)
    page = client.get(f"/tracks/{track.pk}/notes/?v=2").text
    assert "The passage is gone" in page
    assert "data-at-ms" not in page


def test_the_key_of_an_unlisted_piece_opens_its_notes(client: Client) -> None:
    track = UnlistedTrackFactory.create()
    NoteFactory.create(version=track.primary_version)
    assert client.get(url(track)).status_code == 404
    assert len(client.get(url(track, f"?token={track.token}")).json()["notes"]) == 1


def test_a_guest_writes_by_the_key_of_the_link(client: Client) -> None:
    guest = ReviewGuestFactory.create(name="Ana")
    track, key = guest.link.track, f"?token={guest.link.token}"
    body = {"at_ms": 0, "body": "Hm."}
    refused = client.post(url(track, key), body, content_type=JSON)
    assert refused.json()["type"] == "/problems/no-name"
    session = client.session
    session["review_guests"] = {str(guest.link.pk): str(guest.pk)}
    session.save()
    assert client.post(url(track, key), body, content_type=JSON).status_code == 201
    assert Note.objects.get().guest == guest
    type(guest.link).objects.update(revoked_at="2026-01-01T00:00Z")
    assert client.post(url(track, key), body, content_type=JSON).status_code == 404


def test_whom_it_is_given_to(client: Client, track: Track) -> None:
    note, artist = NoteFactory.create(version=track.primary_version), bearer(track.owner)
    address = f"/api/v1/notes/{note.pk}/assignee/"
    nobody = client.put(address, {"handle": "nobody"}, content_type=JSON, headers=artist)
    assert nobody.json()["type"] == "/problems/not-a-reviewer"
    mine = {"handle": track.owner.handle}
    told = client.put(address, mine, content_type=JSON, headers=artist)
    assert told.json()["assigned_to"] == track.owner.handle
    told = client.put(address, {"handle": None}, content_type=JSON, headers=artist)
    assert told.json()["assigned_to"] is None
