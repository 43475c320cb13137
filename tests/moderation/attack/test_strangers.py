"""What strangers try: others' keys, forged requests, ids of what is closed, odd input."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moderation.models import Appeal, Case, Decision, Report
from tests.factories.moderation import decide, make_report, moderator
from tests.factories.notes import NoteFactory
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
)

pytestmark = pytest.mark.django_db
NOBODYS = "0192f3a0-0000-7000-8000-000000000000"
JSON = "application/json"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def told(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    """Return all that somebody learns from an answer."""
    names = {"content-type", "retry-after", "vary", "allow"}
    return (
        answer.status_code,
        answer.content,
        {name.lower(): word for name, word in answer.items() if name.lower() in names},
    )


def report_of(client: Client, target: str, key: object, **more: Any) -> Any:
    body = {"target_type": target, "target_id": str(key), "kind": "hate", "description": "X."}
    return client.post("/api/v1/reports/", body | more, content_type=JSON)


def test_a_report_of_what_is_closed_answers_as_one_of_nothing(client: Client) -> None:
    private = ReadyTrackFactory.create()
    hidden = PublicTrackFactory.create()
    decide(hidden, "hide")
    gone = PublicTrackFactory.create()
    key_of_gone = gone.pk
    gone.delete()
    banned = UserFactory.create()
    decide(banned, "ban", "person")
    note = NoteFactory.create(version=private.primary_version)
    removed = NoteFactory.create(version=PublicTrackFactory.create().primary_version)
    decide(removed, "remove", "note")
    before = Report.objects.count()
    for target, rows in {
        "track": [private.pk, hidden.pk, key_of_gone],
        "moment": [private.pk, hidden.pk],
        "version": [private.primary_version_id, hidden.primary_version_id],
        "note": [note.pk, removed.pk],
        "profile": [banned.pk],
        "person": [banned.pk],
        "release": [ReleaseFactory.create(visibility="private").pk],
        "playlist": [PlaylistFactory.create(visibility="private").pk],
    }.items():
        nothing = told(report_of(client, target, NOBODYS, at_ms=1))
        assert nothing[0] == 404
        for key in rows:
            assert told(report_of(client, target, key, at_ms=1)) == nothing, (target, key)
            # Nor by what else is wrong in it:
            wrong = told(report_of(client, target, key, kind="other", description=""))
            assert wrong == told(report_of(client, target, NOBODYS, kind="other", description=""))
    assert Report.objects.count() == before


def test_no_foreign_page_reports_appeals_or_decides_in_somebodys_name() -> None:
    track = PublicTrackFactory.create()
    made = decide(track, "hide")
    other = PublicTrackFactory.create()
    report = make_report(other)
    decide(other, "no_action")
    judge = moderator()
    for person in (track.owner, judge):
        client = Client(enforce_csrf_checks=True)
        client.force_login(person)
        before = (Report.objects.count(), Appeal.objects.count(), Decision.objects.count())
        case = made.case_id
        desk = f"/admin/moderation/case/{case}"
        for path, body in {
            f"/report/?about=track:{other.pk}": {"kind": "hate"},
            f"/decisions/{made.key}/appeal/": {"text": "No."},
            f"/report/{report.key}/appeal/": {"text": "No."},
            f"{desk}/change/": {"kind": "warn", "about": f"track:{track.pk}", "facts": "x"},
            f"{desk}/note/": {"words": "x"},
            f"{desk}/assign/": {},
        }.items():
            assert client.post(path, body).status_code in {403, 404}, path
        assert report_of(client, "track", other.pk).status_code == 403
        appeal = client.post(f"/api/v1/decisions/{made.pk}/appeal/", {"text": "x"}, JSON)
        assert appeal.status_code == 403
        after = (Report.objects.count(), Appeal.objects.count(), Decision.objects.count())
        assert after == before


def test_nobody_appeals_anothers_decision_by_its_id(client: Client) -> None:
    made = decide(PublicTrackFactory.create(), "hide")
    path = f"/api/v1/decisions/{made.pk}/appeal/"
    nothing = f"/api/v1/decisions/{NOBODYS}/appeal/"
    for person in (UserFactory.create(), moderator()):
        answers = [
            client.post(one, {"text": "No."}, JSON, headers=bearer(person))
            for one in (path, nothing)
        ]
        assert told(answers[0]) == told(answers[1])
        assert answers[0].status_code == 404
    assert not Appeal.objects.exists()


def test_one_key_is_not_another(client: Client) -> None:
    track = PublicTrackFactory.create()
    report = make_report(track)
    made = decide(track, "no_action")
    hidden = decide(PublicTrackFactory.create(), "hide")
    for path in (
        f"/decisions/{report.key}/",
        f"/report/{hidden.key}/",
        f"/decisions/{made.key}/",  # nothing was done: it touches nobody
        f"/report/{report.pk}/",
        f"/decisions/{hidden.pk}/",
        f"/decisions/{hidden.key.swapcase()}/",
        "/decisions/%00/",
        "/report/%00/",
    ):
        assert client.get(path).status_code == 404, path
    for path in (f"/decisions/{made.key}/appeal/", f"/report/{hidden.key}/appeal/"):
        assert client.post(path, {"text": "No."}).status_code == 404, path


def send(client: Client, path: str, form: dict[str, str]) -> int:
    """Send a form as no browser would; return the status."""
    body = urlencode(form, errors="surrogatepass")
    return client.post(path, body, "application/x-www-form-urlencoded").status_code


@pytest.mark.parametrize("words", ["\0", "a\0b", "\ud800", "x" * 1_000_000, " \u2028\n"])
def test_odd_words_are_refused_or_taken_and_break_nothing(client: Client, words: str) -> None:
    track = PublicTrackFactory.create()
    made = decide(track, "hide")
    case, other = made.case_id, PublicTrackFactory.create()
    report = make_report(other)
    decide(other, "no_action")
    judge = Client()
    judge.force_login(moderator())
    sent = {"words": words, "text": words}
    desk = "/admin/moderation"
    again = make_report(PublicTrackFactory.create())
    for client_of, path in (
        (client, f"/decisions/{made.key}/appeal/"),
        (client, f"/report/{report.key}/appeal/"),
        (judge, f"{desk}/case/{case}/note/"),
        (judge, reverse("admin:moderation_case_undo", args=[made.pk])),
        (judge, f"{desk}/case/{again.case_id}/change/"),
    ):
        assert send(client_of, path, sent) < 500, path
    body = {"text": words}
    headers = bearer(track.owner)
    path = f"/api/v1/decisions/{made.pk}/appeal/"
    assert client.post(path, body, JSON, headers=headers).status_code in {400, 409, 413}
    for name in ("description", "token", "kind", "target_type", "target_id"):
        cache.clear()
        status = report_of(client, "track", other.pk, **{name: words}).status_code
        assert status in {201, 400, 413}, (name, status)
        form = {"kind": "hate", "description": "x", name: words}
        assert send(client, f"/report/?about=track:{other.pk}", form) < 500, name
    for name in ("about", "token", "at", "address"):
        query = urlencode(
            {"about": f"track:{other.pk}", name: words[:2000]}, errors="surrogatepass"
        )
        assert client.get(f"/report/?{query}").status_code < 500, name


@pytest.mark.parametrize(
    ("at_ms", "status"),
    [
        (-1, 400),
        (2**31, 400),
        (2**70, 400),
        (10**400, 400),
        ("soon", 400),
        ([], 400),
        ({}, 400),
        (1.5, 400),
        (2**31 - 1, 400),
        (222_001, 400),
        (222_000, 201),  # the piece is as long
        (0, 201),
        (None, 201),
    ],
)
def test_a_moment_is_one(client: Client, at_ms: Any, status: int) -> None:
    track = PublicTrackFactory.create()
    answer = report_of(client, "track", track.pk, at_ms=at_ms)
    assert answer.status_code == status, answer.text
    if status == 201:
        judge = Client()
        judge.force_login(moderator())
        case = Case.objects.get()
        assert judge.get(f"/admin/moderation/case/{case.pk}/change/").status_code == 200
        report = Report.objects.get()
        assert client.get(report.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "at", ["-1", "99999999999", "1:2:3:4", "∞", "1e9", "596:31:24", "\0", "3:43"]
)
def test_a_moment_of_a_form_is_one(client: Client, at: str) -> None:
    track = PublicTrackFactory.create()
    answer = client.post(f"/report/?about=track:{track.pk}", {"kind": "hate", "at": at})
    assert answer.status_code == 422, answer.text
    assert not Report.objects.exists()
    if at == "3:43":
        assert "It ends before that moment." in answer.text


def test_after_six_months_nobody_is_offered_an_appeal(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = PublicTrackFactory.create()
    report = make_report(track)
    decide(track, "no_action")
    hidden = decide(PublicTrackFactory.create(), "hide")
    pages = (report.get_absolute_url(), hidden.get_absolute_url())
    assert all('name="text"' in client.get(page).text for page in pages)
    assert all("appeal/" in client.get(page).text for page in pages)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=185))
    for page in pages:
        # A hidden form of the talk stands beside a report; what is offered leads to an appeal.
        assert "appeal/" not in client.get(page).text
        refused = client.post(f"{page}appeal/", {"text": "Late."}, follow=True)
        assert "six months" in refused.text
    assert not Appeal.objects.exists()
