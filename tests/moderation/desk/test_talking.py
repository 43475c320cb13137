"""From the page of a case: writing, ready texts, saved filters, muting, and what is related."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moderation.cases import registry
from moderation.models import Case, Mute, SavedFilter, Talk, Wording
from moderation.talks import services as talks
from tests.factories.moderation import make_report, moderator, write_to, write_to_reporter
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db
QUEUE = "/admin/moderation/case/"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(moderator())
    return client


def page_of(case: Case) -> str:
    return f"{QUEUE}{case.pk}/change/"


def test_a_moderator_writes_to_each_side_and_sees_who_answered(desk: Client) -> None:
    report = make_report(PublicTrackFactory.create())
    case = report.case
    desk.post(f"{QUEUE}{case.pk}/write/", {"words": "To the *person*."})
    desk.post(f"{QUEUE}{case.pk}/write/", {"words": "To the reporter.", "report": report.pk})
    assert Talk.objects.get(report=None).messages.get().words == "To the *person*."
    assert Talk.objects.get(report=report).messages.get().words == "To the reporter."
    talks.answer(talk=Talk.objects.get(report=report), words="It is <i>there</i>.")
    page = desk.get(page_of(case)).text
    assert "To the <em>person</em>." in page
    assert "It is &lt;i&gt;there&lt;/i&gt;." in page
    assert "They wait for an answer" in page
    assert case.title in desk.get(f"{QUEUE}?waiting=answers").text
    desk.post(f"{QUEUE}{Talk.objects.get(report=report).pk}/aside/")
    assert case.title not in desk.get(f"{QUEUE}?waiting=answers").text
    for wrong in ("nothing", str(make_report(PublicTrackFactory.create()).pk)):
        answered = desk.post(f"{QUEUE}{case.pk}/write/", {"words": "x", "report": wrong})
        assert answered.status_code == 404


def test_an_answer_in_a_closed_case_is_found(desk: Client) -> None:
    talk = write_to(make_report(PublicTrackFactory.create()).case).talk
    Case.objects.update(state="closed")
    talks.answer(talk=talk, words="Once more.")
    assert talk.case.title in desk.get(f"{QUEUE}?waiting=answers&state=open").text


def test_texts_are_filled_once_and_nothing_in_them_is_carried_out(desk: Client) -> None:
    title = "{reason} {{ title }} <b>"
    case = make_report(PublicTrackFactory.create(title=title), reason="spam").case
    words = "“{title}”: {reason}. {clause} {other}"
    Wording.objects.create(name="Found", use="statement", words=words)
    Wording.objects.create(name="Never", use="statement", reason="hate", words="No.")
    Wording.objects.create(name="Ask", words="Which {title}?")
    page = desk.get(page_of(case)).text
    filled = "“{reason} {{ title }} &lt;b&gt;”: Spam or deception. Terms of use: spam or deception"
    assert f'<option value="{filled} {{other}}">Found</option>' in page
    assert "Never" not in page
    assert "Ask" in page


def test_moderators_edit_texts_with_the_right_alone(desk: Client) -> None:
    form = {"name": "Found", "use": "statement", "reason": "", "words": "In {title}."}
    assert desk.post("/admin/moderation/wording/add/", form).status_code == 302
    assert Wording.objects.get().words == "In {title}."


def test_a_filter_is_kept_by_name_for_its_moderator_alone(desk: Client) -> None:
    make_report(PublicTrackFactory.create(title="Grave"), reason="minors")
    form = {"name": " My  own ", "state": "open", "reason": "minors", "evil": "x"}
    sent = desk.post(f"{QUEUE}filter/", form)
    assert sent["Location"] == f"{QUEUE}?reason=minors&state=open"
    page = desk.get(sent["Location"]).text
    assert 'aria-current="true">My own</a>' in page
    other = Client()
    other.force_login(moderator())
    assert "My own" not in other.get(QUEUE).text
    kept = SavedFilter.objects.get()
    other.post(f"{QUEUE}{kept.pk}/unfilter/")
    assert SavedFilter.objects.exists()
    desk.post(f"{QUEUE}filter/", form | {"reason": "spam"})
    assert SavedFilter.objects.get().query == "reason=spam&state=open"
    desk.post(f"{QUEUE}{kept.pk}/unfilter/")
    assert not SavedFilter.objects.exists()
    desk.post(f"{QUEUE}filter/", {"name": " "})
    assert not SavedFilter.objects.exists()


def test_a_reporter_is_warned_muted_and_heard_again_from_the_case(desk: Client) -> None:
    first = make_report(PublicTrackFactory.create(), source="198.51.100.7")
    desk.post(f"{QUEUE}{first.pk}/mute/", {"words": "Bees.", "mute": "", "days": "30"})
    assert not Mute.objects.exists()
    desk.post(f"{QUEUE}{first.pk}/mute/", {"words": "Bees.", "warn": ""})
    again = make_report(PublicTrackFactory.create(), source="198.51.100.7")
    desk.post(f"{QUEUE}{again.pk}/mute/", {"words": "Bees.", "mute": "", "days": "30"})
    muted = Mute.objects.get(kind="mute")
    page = desk.get(page_of(again.case)).text
    assert "Hear it again" in page
    desk.post(f"{QUEUE}{muted.pk}/unmute/", {"words": "They explained."})
    assert Mute.objects.get(kind="lift").undoes == muted
    assert "ended early" in desk.get(page_of(again.case)).text


def test_a_case_shows_what_else_is_theirs(desk: Client) -> None:
    track = PublicTrackFactory.create()
    other = PublicTrackFactory.create(owner=track.owner, title="Another song")
    page = desk.get(page_of(make_report(track).case)).text
    assert f"track:{other.pk}" in page
    assert f"version:{track.primary_version_id}" in page


def test_many_reports_and_talks_cost_no_more_queries(desk: Client) -> None:
    track = PublicTrackFactory.create()
    counts = []
    for number in range(6):
        report = make_report(track)
        write_to_reporter(report, f"Message {number}.")
        if number in (1, 5):
            with CaptureQueriesContext(connection) as asked:
                desk.get(page_of(report.case))
            counts.append(len(asked))
    assert counts[0] == counts[1], json.dumps(counts)


def test_a_kind_of_waiting_joins_by_one_entry(desk: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(registry, "WAITING", dict(registry.WAITING))
    from moderation.desk import admin, selectors

    for module in (selectors, admin):
        monkeypatch.setattr(module, "WAITING", registry.WAITING)
    first, second = (
        make_report(PublicTrackFactory.create(title=title)).case for title in ("One song", "Other")
    )
    found = registry.Waiting(
        "parcels", "Parcels", "parcel", lambda: Talk.objects.filter(case=first)
    )
    registry.register(found)
    write_to(first)
    page = desk.get(f"{QUEUE}?waiting=parcels").text
    assert "One song" in page
    assert "Other" not in page.partition("<tbody>")[2]
    assert '<strong class="desk__mark">parcel</strong>' in page
    with pytest.raises(ValueError, match="two kinds"):
        registry.register(found)
    assert second.is_open
