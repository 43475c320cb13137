"""What of a person goes into the archive of their data: all of theirs, and nothing of others."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.lib.archive import validator
from config.lib.kept import SECTIONS
from social.models import ApiToken, Note, Reviewer, User
from tests.factories.archives import SECRET_WORDS, make_artist, stored, version_of
from tests.factories.economics import confirm, declare
from tests.factories.notes import NoteFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, TrackFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db


def rows_of(person: User) -> dict[str, list[dict[str, Any]]]:
    return {name: list(section.rows(person)) for name, section in SECTIONS.items()}


@pytest.mark.parametrize("name", SECTIONS)
def test_rows_are_there_and_as_their_schema_says(ada: User, name: str) -> None:
    section = SECTIONS[name]
    rows = list(section.rows(ada))
    assert rows, "the artist has everything"
    described = validator(section.schema)
    described.check_schema(section.schema)
    for row in rows:
        described.validate(json.loads(json.dumps(row, allow_nan=False)))
        assert set(row) == set(section.schema["properties"])


def test_who_has_nothing_has_an_account(db: None) -> None:
    found = rows_of(UserFactory.create())
    assert {name for name, rows in found.items() if rows} == {"account"}


def test_everything_of_an_artist_is_in_it(ada: User) -> None:
    found = rows_of(ada)
    track = Track.objects.get(owner=ada)
    assert [row["number"] for row in found["versions"]] == [1, 3, 4, 5]
    assert {row["id"] for row in found["versions"]} == {str(v.pk) for v in track.versions.all()}
    assert len(found["stems"]) == 2
    assert len(found["notes"]) == Note.objects.filter(track=track).count() + 1
    assert {row["kind"] for row in found["reviews"]} == {"reviewer", "approver", "policy"}
    loud = next(row for row in found["notes"] if row["body_md"] == "Too *loud*.")
    assert loud["writer"]["name"] == "Fan"
    assert [place["at_ms"] for place in loud["placements"]] == [12_000, 13_000]
    assert loud["resolution"]["by"] == ada.name
    (playlist,) = found["playlists"]
    assert [item["own"] for item in playlist["items"]] == [True, False, True]


def test_no_secret_is_in_it(ada: User) -> None:
    token, text = ApiToken.issue(user=ada, name="second")
    track = Track.objects.get(owner=ada)
    said = json.dumps(rows_of(ada))
    link = track.review_links.get()
    for secret in (ada.password, text, token.digest, track.token, link.token, "k" * 22, "hashed"):
        assert secret not in said


def test_equal_bytes_have_one_path(ada: User) -> None:
    versions = {row["number"]: row for row in SECTIONS["versions"].rows(ada)}
    assert versions[1]["path"] == versions[4]["path"]
    assert versions[1]["sha256"] == versions[4]["sha256"]
    files = [path for section in SECTIONS.values() for path, _ in section.files(ada)]
    assert len(files) == len(set(files)) == 7
    assert versions[3]["path"].endswith("/v3 Élan_ take_2_.wav"), "no name makes a folder"


def test_what_is_closed_by_now_is_not_told(db: None) -> None:
    fan, owner = UserFactory.create(), UserFactory.create()
    track = ReadyTrackFactory.create(owner=owner, title="Closed by now")
    Reviewer.objects.create(track=track, user=fan, invited_by=owner)
    mine = NoteFactory.create(version=track.primary_version, user=fan, body_md="My own words.")
    words = {"version": track.primary_version, "track": track, "visibility": "reviewers"}
    NoteFactory.create(**words, user=owner, body_md=SECRET_WORDS)
    NoteFactory.create(**words, user=owner, parent=mine, body_md=f"Reply: {SECRET_WORDS}")
    Reviewer.objects.all().delete()
    found = rows_of(fan)
    assert [row["body_md"] for row in found["notes"]] == ["My own words."]
    said = json.dumps(found)
    assert "Closed by now" not in said
    assert SECRET_WORDS not in said
    assert owner.name not in said


def test_others_notes_on_others_tracks_stay_theirs(db: None) -> None:
    fan, track = UserFactory.create(), PublicTrackFactory.create()
    NoteFactory.create(version=track.primary_version, body_md="Of another.")
    NoteFactory.create(version=track.primary_version, user=fan, body_md="Mine.")
    assert [row["body_md"] for row in SECTIONS["notes"].rows(fan)] == ["Mine."]


def test_a_hidden_version_of_another_is_not_told_of(db: None) -> None:
    fan, track = UserFactory.create(), PublicTrackFactory.create()
    note = NoteFactory.create(version=track.primary_version, user=fan)
    hidden = version_of(track, 2, stored(track.owner, "b.wav"), hidden_at=note.created_at)
    note.placements.create(version=hidden, at_ms=5)
    assert str(hidden.pk) not in json.dumps(rows_of(fan))


@pytest.mark.parametrize("name", SECTIONS)
def test_more_rows_cost_no_more_queries(ada: User, name: str) -> None:
    section, few = SECTIONS[name], queries_of(name, ada)
    other = make_artist("bob")
    bring_over(other, ada)
    assert len(list(section.rows(ada))) >= 1
    assert queries_of(name, ada) == few


def bring_over(other: User, person: User) -> None:
    """Let everything of one person be another's, who has their own besides."""
    Track.objects.filter(owner=other).update(owner=person)
    for model in (ApiToken, Note):
        model.objects.filter(user=other).update(user=person)
    for relation in ("releases", "playlists", "uploads", "imported", "notifications"):
        manager = getattr(other, relation)
        field = "owner" if relation in {"releases", "playlists", "uploads", "imported"} else "user"
        if relation == "imported":
            manager.update(origin="tracks.track:another")
        manager.update(**{field: person})
    TrackFactory.create(owner=person)
    confirm(declare(person))


def queries_of(name: str, person: User) -> int:
    with CaptureQueriesContext(connection) as asked:
        list(SECTIONS[name].rows(person))
    return len(asked)
