"""Moderators look at what is not theirs for a reason, for a while, and it is written down."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.models import SealedEntry
from moderation.evidence.services import close_evidence, open_evidence
from moderation.models import Evidence
from social.models import User
from tests.factories import moderation as judges
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory
from tracks.models import Release, Track

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    user: User = StaffFactory.create(is_superuser=True)
    return user


@pytest.fixture
def looking(boss: User, client: Client) -> Client:
    client.force_login(boss)
    return client


def places(track: Track) -> list[str]:
    """Where a track is opened or heard of."""
    version = track.primary_version
    assert version
    return [
        track.get_absolute_url() if track.visibility == "public" else f"/tracks/{track.slug}/",
        f"/api/v1/versions/{version.pk}/",
        f"/api/v1/tracks/{track.pk}/versions/",
        f"/tracks/{track.pk}/notes/",
    ]


def answers(client: Client, track: Track) -> set[int]:
    return {client.get(place).status_code for place in places(track)}


def test_a_superuser_alone_opens_nothing_private(looking: Client) -> None:
    assert answers(looking, ReadyTrackFactory.create()) == {404}


def test_evidence_opens_one_track_until_it_ends(boss: User, looking: Client) -> None:
    track, other = ReadyTrackFactory.create(), ReadyTrackFactory.create()
    evidence = open_evidence(by=boss, reason="Report 7", hours=2, track=track)
    assert answers(looking, track) == {200}
    assert answers(looking, other) == {404}
    assert answers(Client(), track) == {404}
    Evidence.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert answers(looking, track) == {404}
    Evidence.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    close_evidence(evidence=evidence, by=boss)
    assert answers(looking, track) == {404}


def test_it_is_open_to_nobody_else(boss: User) -> None:
    track, other = ReadyTrackFactory.create(), StaffFactory.create(is_superuser=True)
    open_evidence(by=boss, reason="Report 7", hours=2, track=track)
    client = Client()
    client.force_login(other)
    assert answers(client, track) == {404}


def test_of_a_banned_person_everything_is_seen_but_not_changed(boss: User, looking: Client) -> None:
    track = PublicTrackFactory.create()
    Release.objects.create(owner=track.owner, slug="album", title="Album", visibility="private")
    judges.ban(track.owner)
    assert answers(looking, track) == {404}
    assert looking.get("/releases/album/").status_code == 404
    open_evidence(by=boss, reason="Report 8", hours=1, person=track.owner)
    assert answers(looking, track) == {200}
    assert looking.get("/releases/album/").status_code == 200
    assert looking.get(f"/tracks/{track.slug}/edit/").status_code == 404
    assert track.title not in Client().get("/").text


def test_who_looked_and_why_is_sealed(boss: User) -> None:
    track = ReadyTrackFactory.create()
    evidence = open_evidence(by=boss, reason="  Report 9 ", hours=3, track=track)
    close_evidence(evidence=evidence, by=boss)
    close_evidence(evidence=evidence, by=boss)
    opened, closed = SealedEntry.objects.filter(kind__startswith="evidence.").order_by("id")
    assert (opened.kind, opened.actor) == ("evidence.opened", str(boss.pk))
    assert opened.subject == f"tracks.track:{track.pk}"
    assert opened.data == {"reason": "Report 9", "hours": 3, "evidence": str(evidence.pk)}
    assert closed.kind == "evidence.closed"


def test_what_makes_no_sense_is_refused(boss: User) -> None:
    track = ReadyTrackFactory.create()
    for words, code in (
        ({"reason": " ", "hours": 1, "track": track}, "reason-missing"),
        ({"reason": "x", "hours": 0, "track": track}, "invalid-hours"),
        ({"reason": "x", "hours": 73, "track": track}, "invalid-hours"),
        ({"reason": "x", "hours": 1}, "one-subject"),
        ({"reason": "x", "hours": 1, "track": track, "person": track.owner}, "one-subject"),
    ):
        with pytest.raises(Problem) as refused:
            open_evidence(by=boss, **words)  # type: ignore[arg-type]
        assert refused.value.type == code
    for nobody in (UserFactory.create(), StaffFactory.create(is_superuser=False)):
        with pytest.raises(Problem):
            open_evidence(by=nobody, reason="x", hours=1, track=track)
    assert not Evidence.objects.exists()


def test_it_is_opened_and_closed_in_the_admin(boss: User, looking: Client) -> None:
    track, address = ReadyTrackFactory.create(), "/admin/moderation/evidence/"
    assert looking.get(f"{address}add/").status_code == 200
    refused = looking.post(f"{address}add/", {"reason": "Report 10", "hours": 5})
    assert "Choose a track or a person." in refused.text
    words = {"track": str(track.pk), "reason": "Report 10", "hours": 5}
    assert looking.post(f"{address}add/", words).status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.moderator, evidence.track, evidence.reason) == (boss, track, "Report 10")
    assert answers(looking, track) == {200}
    assert "Report 10" in looking.get(address).text
    assert looking.get(f"{address}{evidence.pk}/change/").status_code == 200
    looking.post(address, {"action": "close", "_selected_action": [str(evidence.pk)]})
    assert answers(looking, track) == {404}
    assert SealedEntry.objects.filter(kind__startswith="evidence.").count() == 2
