"""Whoever can open a thing can report it, with an account or without, and sees how it stands."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from config.lib.limits import LIMITS
from media_pipeline.models import Event
from moderation.models import Case, Report
from social.models import User
from tests.factories.moderation import decide, make_report, moderator
from tests.factories.notes import NoteFactory
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    UnlistedTrackFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def send(client: Client, about: str, **words: Any) -> Any:
    return client.post(
        f"/report/?about={about}", {"kind": "hate", "description": "Hear it."} | words
    )


def post(client: Client, headers: dict[str, str] | None = None, **words: Any) -> Any:
    body = {"kind": "hate", "description": "Hear it."} | words
    return client.post("/api/v1/reports/", body, content_type="application/json", headers=headers)


def test_a_visitor_reports_a_moment_and_follows_it(client: Client) -> None:
    track = PublicTrackFactory.create(title="Loud")
    page = client.get(f"/report/?about=track:{track.pk}&at=0:42")
    assert page.status_code == 200
    assert "Loud" in page.text
    answer = send(client, f"track:{track.pk}", at="0:42")
    report = Report.objects.get()
    assert answer.headers["Location"] == report.get_absolute_url() == f"/report/{report.key}/"
    assert (report.at_ms, report.version_id) == (42_000, track.primary_version_id)
    assert (report.reporter, report.case.person) == (None, track.owner)
    assert "127.0.0.1" not in report.source
    standing = client.get(report.get_absolute_url())
    assert "We have your report" in standing.text
    assert "no-store" in standing.headers["Cache-Control"]
    assert Event.objects.filter(kind="report.made", audience="moderators").count() == 1


def test_a_program_gets_an_id_and_where_to_look(client: Client) -> None:
    track = PublicTrackFactory.create()
    answer = post(client, target_type="moment", target_id=str(track.pk), at_ms=5000)
    assert answer.status_code == 201, answer.text
    report = Report.objects.get()
    assert answer.json()["id"] == str(report.pk)
    assert answer.json()["tracking_url"].endswith(f"/report/{report.key}/")
    assert client.get(f"/report/{report.key}/").status_code == 200
    missing = post(client, target_type="moment", target_id=str(track.pk))
    assert missing.status_code == 400
    assert missing.headers["Content-Type"] == "application/problem+json"


def test_every_kind_of_thing_can_be_reported(client: Client) -> None:
    track = PublicTrackFactory.create()
    note = NoteFactory.create(version=track.primary_version)
    release = ReleaseFactory.create(visibility="public")
    playlist = PlaylistFactory.create(visibility="public")
    wanted = {
        "track": track,
        "version": track.primary_version,
        "note": note,
        "release": release,
        "playlist": playlist,
        "profile": track.owner,
    }
    for name, row in wanted.items():
        answer = post(client, target_type=name, target_id=str(row.pk))
        assert answer.status_code == 201, (name, answer.text)
    owners = dict(Case.objects.values_list("target", "person"))
    assert owners["note"] == note.user.pk
    assert owners["person"] == track.owner.pk
    assert len(owners) == 6


def test_what_one_cannot_see_is_not_there_to_report(client: Client) -> None:
    private, unlisted = ReadyTrackFactory.create(), UnlistedTrackFactory.create()
    for row in (private, unlisted):
        assert client.get(f"/report/?about=track:{row.pk}").status_code == 404
        assert send(client, f"track:{row.pk}").status_code == 404
        assert post(client, target_type="track", target_id=str(row.pk)).status_code == 404
    for nonsense in ("", "track", "track:x", f"song:{private.pk}", "track:\0"):
        assert client.get("/report/", {"about": nonsense}).status_code == 404
    assert not Report.objects.exists()
    key = unlisted.token
    assert client.get(f"/report/?about=track:{unlisted.pk}&token={key}").status_code == 200
    sent = post(client, target_type="track", target_id=str(unlisted.pk), token=key)
    assert sent.status_code == 201


def test_reports_of_one_thing_join_one_case_and_the_gravest_leads(client: Client) -> None:
    track = PublicTrackFactory.create()
    first = make_report(track, reason="spam")
    second = make_report(track, reason="minors")
    third = make_report(track, reason="other")
    case = Case.objects.get()
    assert {one.case_id for one in (first, second, third)} == {case.pk}
    assert case.reason == "minors"
    assert case.due_at < first.case.due_at
    decide(track, "no_action")
    again = make_report(track)
    assert again.case_id != case.pk, "what was decided is looked at anew"


def test_some_reasons_want_words(client: Client) -> None:
    track = PublicTrackFactory.create()
    refused = send(client, f"track:{track.pk}", kind="copyright", description=" ")
    assert refused.status_code == 422
    assert "Say in a few words what is wrong." in refused.text
    none = send(client, f"track:{track.pk}", kind="")
    assert "Choose what is wrong." in none.text
    assert send(client, f"track:{track.pk}", kind="hate", description="").status_code == 302
    refused = post(
        client, target_type="track", target_id=str(track.pk), kind="other", description=""
    )
    assert refused.json()["type"] == "/problems/words-missing"


def test_a_source_that_sends_too_many_waits(client: Client) -> None:
    most, track = LIMITS["report"].most, PublicTrackFactory.create()
    codes = [send(client, f"track:{track.pk}").status_code for _ in range(most + 1)]
    assert codes == [302] * most + [429]
    refused = post(client, target_type="track", target_id=str(track.pk))
    assert refused.status_code == 429
    assert "Retry-After" in refused.headers
    assert "a lot of reports" in refused.json()["detail"]
    assert Report.objects.count() == most
    person: User = UserFactory.create()
    sent = post(client, bearer(person), target_type="track", target_id=str(track.pk))
    assert sent.status_code == 201
    assert Report.objects.get(reporter=person)


def test_the_page_tells_what_became_of_it(client: Client) -> None:
    track = PublicTrackFactory.create()
    report = make_report(track)
    address = report.get_absolute_url()
    Case.objects.update(assigned_to=moderator())
    assert "A moderator is looking at it." in client.get(address).text
    decide(track, "hide")
    assert "restricted now" in client.get(address).text
    assert client.get("/report/nothing-of-this-name-11/").status_code == 404


def test_every_page_of_what_can_be_reported_leads_there(client: Client) -> None:
    track = PublicTrackFactory.create()
    release = ReleaseFactory.create(owner=track.owner, visibility="public")
    playlist = PlaylistFactory.create(owner=track.owner, visibility="public")
    note = NoteFactory.create(version=track.primary_version)
    pages = {
        track.get_absolute_url(): f"track:{track.pk}",
        track.owner.get_absolute_url(): f"profile:{track.owner.pk}",
        release.get_absolute_url(): f"release:{release.pk}",
        playlist.get_absolute_url(): f"playlist:{playlist.pk}",
        f"/embed/track/{track.pk}/": f"track:{track.pk}",
        f"/tracks/{track.pk}/notes/": f"note:{note.pk}",
    }
    for page, about in pages.items():
        found = client.get(page, follow=True)
        assert f"/report/?about={about}" in found.text, page
        assert client.get(f"/report/?about={about}").status_code == 200
