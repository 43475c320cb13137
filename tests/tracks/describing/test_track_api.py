"""`/api/v1/tracks/{id}/`: read by whoever may open it, changed, deleted and brought back."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from rest_framework.renderers import JSONRenderer

from media_pipeline.models import Media
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, UnlistedTrackFactory
from tracks import members
from tracks.describing.api import describe
from tracks.describing.serializers import TrackState
from tracks.models import Revision, Track

pytestmark = pytest.mark.django_db


def place(track: Track) -> str:
    return f"/api/v1/tracks/{track.pk}/"


def patch(track: Track, client: Client | None = None, by: Any = None, **words: Any) -> Any:
    headers = bearer(by or track.owner) | words.pop("headers", {})
    body = json.dumps(words)
    client = client or Client()
    return client.patch(place(track), body, content_type="application/json", headers=headers)


def test_it_tells_what_the_schema_says() -> None:
    track = PublicTrackFactory.create(bpm="121.50", music_key="F#m", licence="cc0-1.0")
    told = Client().get(place(track)).json()
    expected = json.loads(JSONRenderer().render(TrackState(describe(track, AnonymousUser())).data))
    assert told == expected | members.members_of(track, AnonymousUser())
    assert (told["bpm"], told["music_key"]) == (121.5, "F#m")
    assert told["licence_url"] == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_an_unlisted_one_is_told_to_whoever_holds_its_key() -> None:
    track = UnlistedTrackFactory.create()
    assert Client().get(place(track)).status_code == 404
    told = Client().get(place(track), {"token": track.token})
    assert told.json()["url"] == f"/t/{track.token}/"


def test_its_owner_says_all_of_it() -> None:
    track = ReadyTrackFactory.create(slug="before")
    words = {
        "title": " New\tname ",
        "slug": "after",
        "description": "**Loud**",
        "language": "PT_br",
        "explicit": True,
        "content_warning": "Sirens",
        "ai_made": "assisted",
        "sponsored": True,
        "licence": "cc-by-4.0",
        "isrc": "GB-A1B-24-00001",
        "iswc": "T-034.524.680-1",
        "lyrics": "[00:01.00]La",
        "visibility": "public",
    }
    told = patch(track, **words)
    assert told.status_code == 200, told.content
    kept = {"title": "New name", "language": "pt-BR", "isrc": "GBA1B2400001", "iswc": "T0345246801"}
    assert {name: told.json()[name] for name in words} == words | kept
    row = Revision.objects.get()
    assert row.after["description_md"] == "**Loud**"
    assert Client().get("/tracks/before/").status_code == 301


@pytest.mark.parametrize(
    ("words", "field", "sentence"),
    [
        ({"title": "\u200b"}, "title", "Give the track a title."),
        ({"language": "jp"}, "language", "No language has the tag jp"),
        ({"isrc": "GB-1"}, "isrc", "An ISRC has two letters"),
        ({"iswc": "T-034.524.680-2"}, "iswc", "fails its check"),
        ({"licence": "mine"}, "licence", "valid choice"),
        ({"release_at": "soon"}, "release_at", "wrong format"),
        ({"owner": "me", "title": "A"}, "owner", "no such field"),
        ({"lyrics": "[00:99.00]x"}, "lyrics", "is no time"),
        ({"explicit": "perhaps"}, "explicit", "valid boolean"),
    ],
)
def test_what_is_refused_has_its_sentence(words: Any, field: str, sentence: str) -> None:
    track = PublicTrackFactory.create(title="Sea")
    told = patch(track, **words)
    assert told.status_code == 400
    assert told["Content-Type"] == "application/problem+json"
    assert sentence in told.json()["errors"][field][0]["message"]
    assert Track.objects.get().title == "Sea"
    assert not Revision.objects.exists()


def test_a_taken_slug_is_refused_with_its_field() -> None:
    PublicTrackFactory.create(slug="taken")
    told = patch(PublicTrackFactory.create(), slug="taken")
    assert (told.status_code, told.json()["field"]) == (409, "slug")


def test_nobody_writes_over_what_somebody_has_just_changed() -> None:
    track = PublicTrackFactory.create()
    seen = Client().get(place(track))["ETag"]
    first = patch(track, title="One", headers={"If-Match": seen})
    assert first.status_code == 200
    assert patch(track, title="Two", headers={"If-Match": seen}).status_code == 412
    assert patch(track, title="Two", headers={"If-Match": first["ETag"]}).status_code == 200


def test_an_hour_to_come_closes_it_until_then() -> None:
    track = PublicTrackFactory.create()
    before = Media.objects.get().epoch
    soon = timezone.now() + timedelta(days=1)
    assert patch(track, release_at=soon.isoformat()).status_code == 200
    assert Media.objects.get().epoch > before
    assert Client().get(track.get_absolute_url()).status_code == 404
    assert patch(track, release_at=None).json()["release_at"] is None
    assert Client().get(track.get_absolute_url()).status_code == 200


def test_only_its_owner_changes_or_deletes_it() -> None:
    track = PublicTrackFactory.create(title="Sea")
    other = UserFactory.create()
    assert patch(track, by=other, title="Mine").status_code == 404
    assert Client().delete(place(track), headers=bearer(other)).status_code == 404
    assert Client().delete(place(track)).status_code == 401
    assert Track.objects.get().title == "Sea"


def test_it_is_deleted_and_brought_back() -> None:
    track = PublicTrackFactory.create()
    mine = bearer(track.owner)
    assert Client().delete(place(track), headers=mine).status_code == 204
    assert Client().get(place(track), headers=mine).status_code == 404
    assert Client().delete(place(track), headers=mine).status_code == 404
    back = Client().post(f"{place(track)}restore/", headers=mine)
    assert (back.status_code, back.json()["id"]) == (200, str(track.pk))
    assert Client().get(place(track)).status_code == 200


def test_topics_add_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "MEMBERS", {})
    members.register("plays", lambda track, _viewer: len(track.title))
    with pytest.raises(ValueError, match="two members"):
        members.register("plays", lambda _track, _viewer: 0)
    track = PublicTrackFactory.create(title="Sea")
    assert Client().get(place(track)).json()["plays"] == 3
