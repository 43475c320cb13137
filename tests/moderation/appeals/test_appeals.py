"""Whom a decision touches reads it and appeals, signed in or by the letter; a person answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.models import Job, SealedEntry
from moderation.appeals import services
from moderation.decisions import presenters
from moderation.models import Appeal, Case, Decision
from social.models import Notification
from tests.factories.moderation import decide, make_report, moderator
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import read_events
from tracks.models import Track

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def track() -> Track:
    found: Track = PublicTrackFactory.create(title="Loud")
    return found


@pytest.fixture
def made(track: Track) -> Decision:
    return decide(track, "hide")


def refused(act: Any) -> str:
    with pytest.raises(Problem) as found:
        act()
    return found.value.type


def test_the_owner_reads_the_reasons_and_appeals(made: Decision, track: Track) -> None:
    client = Client()
    client.force_login(track.owner)
    mine = client.get("/me/decisions/").text
    for words in ("Loud", "At 0:42 it calls for violence.", "Terms of use: hate", "Everywhere"):
        assert words in mine
    page = client.get(made.get_absolute_url())
    assert page.status_code == 200
    answer = client.post(f"/decisions/{made.key}/appeal/", {"text": "It quotes."}, follow=True)
    assert "It quotes." in answer.text
    case = Case.objects.get()
    assert case.is_open
    assert Appeal.objects.get().case == case
    again = client.post(f"/decisions/{made.key}/appeal/", {"text": "Again."}, follow=True)
    assert "appealed against this already" in again.text
    assert Appeal.objects.count() == 1


def test_one_who_is_banned_appeals_by_the_letter(track: Track) -> None:
    made = decide(track.owner, "ban", "person")
    visitor = Client()
    assert "Appeal" in visitor.get(made.get_absolute_url()).text
    visitor.post(f"/decisions/{made.key}/appeal/", {"text": "It was not me."})
    assert Appeal.objects.get().words == "It was not me."
    assert visitor.get("/decisions/0123456789012345678901/").status_code == 404
    assert visitor.post("/decisions/0123456789012345678901/appeal/").status_code == 404


def test_programs_read_decisions_and_appeal(made: Decision, track: Track, client: Client) -> None:
    own, other = bearer(track.owner), bearer(UserFactory.create())
    (told,) = client.get("/api/v1/me/decisions/", headers=own).json()["decisions"]
    assert told["id"] == str(made.pk)
    assert (told["kind"], told["state"], told["may_appeal"]) == ("hide", "in-force", True)
    assert (told["ground"], told["clause"]) == ("terms", "Terms of use: hate")
    assert client.get("/api/v1/me/decisions/", headers=other).json()["decisions"] == []
    place = f"/api/v1/decisions/{made.pk}/appeal/"
    words = {"data": {"text": "It quotes."}, "content_type": "application/json"}
    assert client.post(place, headers=other, **words).status_code == 404
    answer = client.post(place, headers=own, **words)
    assert answer.status_code == 201
    assert client.post(place, headers=own, **words).status_code == 409
    (told,) = client.get("/api/v1/me/decisions/", headers=own).json()["decisions"]
    assert told["appeal"]["words"] == "It quotes."


def test_another_moderator_answers_and_it_is_open_again(made: Decision, track: Track) -> None:
    appeal = services.appeal(decision=made, text="It quotes.")
    first, other = made.by, moderator()
    assert refused(lambda: services.grant(appeal=appeal, by=first, words="Yes.")) == "own-decision"
    assert refused(lambda: services.uphold(appeal=appeal, by=first, words="No.")) == "own-decision"
    assert refused(lambda: services.grant(appeal=appeal, by=other, words=" ")) == "text-missing"
    services.grant(appeal=appeal, by=other, words="You are right: it quotes.")
    assert Client().get(track.get_absolute_url()).status_code == 200
    appeal.refresh_from_db()
    assert appeal.led_to
    assert appeal.led_to.undoes == made
    assert not Case.objects.get().is_open
    assert SealedEntry.objects.filter(kind="appeal.answered", actor=str(other.pk)).exists()
    read_events()
    kinds = Notification.objects.filter(user=track.owner).values_list("kind", flat=True)
    assert set(kinds) >= {"decided", "appeal"}
    assert Job.objects.filter(kind="send-mail").count() == 3
    later = refused(lambda: services.uphold(appeal=appeal, by=other, words="No."))
    assert later == "answered-already"


def test_an_appeal_can_be_answered_that_it_stands(made: Decision, track: Track) -> None:
    appeal = services.appeal(decision=made, text="It quotes.")
    services.uphold(appeal=appeal, by=moderator(), words="It does not.")
    assert Client().get(track.get_absolute_url()).status_code == 404
    assert "It does not." in Client().get(made.get_absolute_url()).text


def test_six_months_and_no_longer(made: Decision, monkeypatch: pytest.MonkeyPatch) -> None:
    days = {183: True, 184: False}  # from March 1st to September 1st there are 184
    now = timezone.now()
    for number, may in days.items():
        monkeypatch.setattr(timezone, "now", lambda n=number: now + timedelta(days=n))
        row = Decision.objects.get(pk=made.pk)
        row.own_appeals = []  # type: ignore[attr-defined]
        row.undone_by = None  # type: ignore[assignment]
        assert presenters.may_appeal(row) is may
    assert refused(lambda: services.appeal(decision=made, text="Late.")) == "too-late"


def test_whoever_reported_appeals_that_nothing_was_done(track: Track, client: Client) -> None:
    report = make_report(track)
    made = decide(track, "no_action")
    page = client.get(report.get_absolute_url()).text
    assert "found nothing that we act on" in page
    assert made.facts in page
    assert Client().post(f"/report/{report.key}/appeal/", {"text": " "}).status_code == 302
    assert not Appeal.objects.exists()
    client.post(f"/report/{report.key}/appeal/", {"text": "Listen again, at 1:02."})
    appeal = Appeal.objects.get()
    assert (appeal.by_reporter, appeal.report) == (True, report)
    assert Case.objects.get().is_open
    services.uphold(appeal=appeal, by=moderator(), words="We did. It is a quote.")
    assert "We did. It is a quote." in client.get(report.get_absolute_url()).text
    assert not Case.objects.get().is_open


def test_a_report_that_was_acted_on_has_nothing_to_appeal(made: Decision, track: Track) -> None:
    report = made.case.reports.get()
    kind = refused(lambda: services.appeal_as_reporter(report=report, decision=made, text="More."))
    assert kind == "nothing-to-appeal"
    none = decide(PublicTrackFactory.create(), "no_action")
    assert refused(lambda: services.appeal(decision=none, text="x")) == "nothing-to-appeal"


def test_an_appeal_joins_what_is_open_about_the_same_thing(made: Decision, track: Track) -> None:
    newer = make_report(track).case
    assert newer != made.case
    appeal = services.appeal(decision=made, text="It quotes.")
    assert appeal.case == newer
    services.grant(appeal=appeal, by=moderator(), words="Yes.")
    assert Case.objects.get(pk=newer.pk).state == "open", "who reported waits for an answer"
    decide(track, "no_action", case=newer)
    assert Case.objects.get(pk=newer.pk).state == "closed"
