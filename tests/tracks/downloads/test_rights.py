"""Who is given what: people by openness by audience, on the page and for programs alike."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from moderation.evidence.services import open_evidence
from social.models import User
from tests.factories import moderation as judges
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory, ReleaseFactory
from tracks.downloads import audiences
from tracks.downloads.services import people
from tracks.models import Release, ReleaseTrack, Track

pytestmark = pytest.mark.django_db

PEOPLE = ("anonymous", "stranger", "listed", "granted", "owner", "moderator")
COLUMNS = ("gives_original", "gives_flac", "gives_mp3")
# By audience: who of those who may open it is given something.
GIVEN = {
    "nobody": {"owner"},
    "granted": {"owner", "granted"},
    "listed": {"owner", "granted", "listed"},
    "everybody": set(PEOPLE),
}
# By openness: whom it is open to at all.
OPEN: dict[str, tuple[dict[str, Any], set[str]]] = {
    "public": ({}, set(PEOPLE)),
    "unlisted": ({"visibility": "unlisted"}, {"owner"}),
    "private": ({"visibility": "private"}, {"owner"}),
    "scheduled": ({"release_at": timezone.now() + timedelta(days=1)}, {"owner"}),
    "deleted": ({"deleted_at": timezone.now()}, set()),
}
WITH_KEY = {"unlisted": set(PEOPLE)}


def cast(owner: User) -> dict[str, User | None]:
    found = {name: UserFactory.create(handle=name) for name in PEOPLE[1:4]}
    people.list_listener(owner=owner, person=found["listed"])
    return {"anonymous": None, **found, "owner": owner, "moderator": StaffFactory.create()}


def given(thing: Track | Release, everybody: dict[str, User | None], key: str = "") -> set[str]:
    """Return who gets it, after asking at both doors."""
    kind = "track" if isinstance(thing, Track) else "release"
    token = f"&token={key}" if key else ""
    got: list[set[str]] = []
    for address in (f"/{kind}s/{thing.slug}/download/", f"/api/v1/{kind}s/{thing.pk}/download/"):
        answers = {}
        for name, person in everybody.items():
            client = Client()
            if person:
                client.force_login(person)
            answers[name] = client.get(f"{address}?what=original{token}").status_code
        assert set(answers.values()) <= {202, 403, 404}, answers
        got.append({name for name, status in answers.items() if status == 202})
    assert got[0] == got[1], "the page and the API agree"
    return got[0]


def a_track(**fields: Any) -> Track:
    track: Track = PublicTrackFactory.create(**fields)
    return track


def a_release(**fields: Any) -> Release:
    fields["download"] = fields.pop("gives_original")
    release: Release = ReleaseFactory.create(**fields)
    track = PublicTrackFactory.create(owner=release.owner)
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    return release


@pytest.mark.parametrize("make", [a_track, a_release])
@pytest.mark.parametrize("openness", OPEN)
@pytest.mark.parametrize("audience", GIVEN)
def test_who_is_given_what(make: Callable[..., Any], openness: str, audience: str) -> None:
    fields, open_to = OPEN[openness]
    thing = make(gives_original=audience, **fields)
    everybody = cast(thing.owner)
    if thing.deleted_at is None:
        people.grant(thing=thing, person=everybody["granted"], by=thing.owner, what="original")
    column = "download" if make is a_release else "gives_original"
    type(thing).everything.filter(pk=thing.pk).update(**{column: audience})
    assert given(thing, everybody) == GIVEN[audience] & open_to
    by_key = WITH_KEY.get(openness, open_to)
    assert given(thing, everybody, thing.token) == GIVEN[audience] & by_key


def test_a_release_gives_the_files_of_its_tracks_too() -> None:
    release = a_release(gives_original="listed")
    track = release.items.get().track
    everybody = cast(release.owner)
    assert given(track, everybody) == {"owner", "listed"}
    Release.objects.filter(pk=release.pk).update(release_at=timezone.now() + timedelta(days=1))
    assert given(track, everybody) == {"owner"}


def test_a_grant_is_of_one_thing_until_its_end() -> None:
    track, other = a_track(gives_original="granted"), a_track(gives_original="granted")
    everybody = cast(track.owner)
    fan = everybody["stranger"]
    row = people.grant(thing=track, person=fan, by=track.owner, what="mp3")
    assert "stranger" not in given(track, everybody)
    soon = timezone.now() + timedelta(days=1)
    row = people.grant(thing=track, person=fan, by=track.owner, expires_at=soon)
    assert "stranger" in given(track, everybody)
    assert "stranger" not in given(other, everybody)
    type(row).objects.filter(pk=row.pk).update(expires_at=timezone.now())
    assert "stranger" not in given(track, everybody)


def test_a_grant_opens_what_was_open_to_nobody() -> None:
    track, release = a_track(), a_release(gives_original="nobody")
    for thing in (track, release):
        fan = UserFactory.create()
        people.grant(thing=thing, person=fan, by=thing.owner, what="original")
        thing.refresh_from_db()
        assert given(thing, {"fan": fan, "other": UserFactory.create()}) == {"fan"}
    assert (track.gives_original, track.gives_mp3) == ("granted", "nobody")
    assert release.download == "granted"


def test_a_denial_closes_it_to_all_but_for_a_reason() -> None:
    track = a_track(gives_original="everybody")
    everybody = cast(track.owner)
    judges.as_before_decisions(User.objects.filter(pk=track.owner_id), is_banned=True)
    everybody.pop("owner")
    assert given(track, everybody) == set()
    boss = StaffFactory.create(is_superuser=True)
    open_evidence(by=boss, person=track.owner, reason="A report.", hours=1)
    assert given(track, everybody | {"boss": boss}) == {"boss"}


def test_an_upper_app_adds_an_audience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audiences, "AUDIENCES", dict(audiences.AUDIENCES))
    audiences.register(
        "followers",
        "People who follow you",
        lambda user, _what: Q(owner__handle="ada") if user.is_authenticated else Q(pk__in=[]),
    )
    assert [value for value, _ in audiences.choices()][-2:] == ["followers", "everybody"]
    track = a_track(gives_original="followers", owner=UserFactory.create(handle="ada"))
    assert given(track, cast(track.owner)) == set(PEOPLE) - {"anonymous"}
    for bad in ("followers", "", "much-too-long"):
        with pytest.raises(ValueError, match="cannot be"):
            audiences.register(bad, "x", lambda _user, _what: Q())


def test_lossless_listening_opens_to_the_list() -> None:
    track = a_track(opens_lossless_listed=True)
    everybody = cast(track.owner)
    hear = set()
    for name, person in everybody.items():
        client = Client()
        if person:
            client.force_login(person)
        page = client.get(track.get_absolute_url()).content.decode()
        told = client.get(f"/api/v1/versions/{track.primary_version_id}/").json()
        assert bool(told["lossless_hls_url"]) == ("/lossless/" in page), name
        hear |= {name} if told["lossless_hls_url"] else set()
    assert hear == {"owner", "listed"}


def test_no_list_is_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_LISTED", 1)
    owner = UserFactory.create()
    people.list_listener(owner=owner, person=UserFactory.create())
    client = Client()
    client.force_login(owner)
    other = UserFactory.create(handle="other")
    answer = client.post("/listeners/", {"handle": "@Other"})
    assert answer.status_code == 422
    assert "There are 1 people" in answer.content.decode()
    refused = client.post("/api/v1/me/listeners/", {"handle": other.handle}, "application/json")
    assert refused.json()["type"] == "/problems/list-full"
