"""Moderators write to either side of a case; neither sees the other, and nobody sees who it was."""

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from config.lib.problems import Problem
from media_pipeline.models import SealedEntry
from moderation.forgetting import unname
from moderation.models import Message, Report, Talk
from moderation.talks import services
from social.models import Notification
from tests.factories.moderation import (
    make_report,
    member_of,
    moderator,
    write_to,
    write_to_reporter,
)
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import do_jobs, read_events

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def test_each_side_reads_its_own_talk_and_no_moderators_name() -> None:
    track, one = PublicTrackFactory.create(), moderator(display_name="Mo Derator")
    report = make_report(track)
    services.write(case=report.case, by=one, words="Is it *yours*?")
    services.write(case=report.case, by=one, report=report, words="Where <b>is</b> it?")
    client = Client()
    persons = client.get(Talk.objects.get(report=None).get_absolute_url()).text
    reporters = client.get(report.get_absolute_url()).text
    assert "Is it <em>yours</em>?" in persons
    assert "Where" not in persons
    assert "Where &lt;b&gt;is&lt;/b&gt; it?" in reporters
    assert "yours" not in reporters
    assert "Mo Derator" not in persons + reporters
    assert "The moderators" in persons
    assert SealedEntry.objects.filter(kind="talk.written").count() == 2


def test_a_talk_goes_both_ways_by_its_pages() -> None:
    report, client = make_report(PublicTrackFactory.create()), Client()
    person, reporter = write_to(report.case).talk, write_to_reporter(report).talk
    for talk, address in (
        (person, f"/talks/{person.key}/"),
        (reporter, f"/report/{report.key}/talk/"),
    ):
        answered = client.post(address, {"text": "Here it is."})
        assert answered.status_code == 302
        page = client.get(answered["Location"]).text
        assert "Here it is." in page
        assert "A moderator reads it and answers here." in page
        assert "&lt;Message" not in page
        talk.refresh_from_db()
        assert talk.waits
    assert "/report/" in client.get(f"/talks/{reporter.key}/")["Location"]
    assert client.get("/talks/nothing/").status_code == 404
    assert (
        client.post(f"/report/{make_report(PublicTrackFactory.create()).key}/talk/").status_code
        == 404
    )


def test_whom_it_is_for_hears_by_notice_and_mail_and_whoever_sees_to_it_of_the_answer() -> None:
    reporter, one = UserFactory.create(), moderator()
    report = make_report(PublicTrackFactory.create(title="Loud\r\nBcc: a@b.c"), reporter=reporter)
    case = report.case
    type(case).objects.filter(pk=case.pk).update(assigned_to=one)
    write_to(case, "Please say more.")
    write_to_reporter(report, "Where?")
    do_jobs()
    read_events()
    assert {letter.to[0]: "Where?" in letter.body for letter in mail.outbox} == {
        case.person.email: False,
        reporter.email: True,
    }
    client = Client()
    client.force_login(reporter)
    news = Notification.objects.get(user=reporter)
    assert client.post(f"/notifications/{news.pk}/")["Location"] == report.get_absolute_url()
    services.answer(talk=Talk.objects.get(report=report), words="At 0:42.")
    read_events()
    assert Notification.objects.get(user=one).kind == "talk-answered"


def test_who_answers_without_end_waits_for_an_answer_first() -> None:
    talk = write_to(make_report(PublicTrackFactory.create()).case).talk
    for number in range(services.IN_A_ROW):
        services.answer(talk=talk, words=f"And {number}.")
    with pytest.raises(Problem, match="Wait for our answer"):
        services.answer(talk=talk, words="And more.")
    closed = 'hx-boost="false" hidden>'
    assert closed in Client().get(talk.get_absolute_url()).text
    write_to(talk.case, "Thank you.")
    assert closed not in Client().get(talk.get_absolute_url()).text
    services.answer(talk=talk, words="And more.")


@pytest.mark.parametrize("words", ["", "   ", "x" * 4001])
def test_what_says_nothing_or_too_much_is_refused(words: str) -> None:
    talk = write_to(make_report(PublicTrackFactory.create()).case).talk
    for act in (
        lambda: services.answer(talk=talk, words=words),
        lambda: services.write(case=talk.case, by=moderator(), words=words),
    ):
        with pytest.raises(Problem):
            act()
    assert Message.objects.count() == 1


def test_only_who_may_decide_writes_and_never_about_their_own() -> None:
    report = make_report(PublicTrackFactory.create(owner=moderator()))
    others = make_report(PublicTrackFactory.create())
    for by, of in (
        (UserFactory.create(), report),
        (member_of("editor"), report),
        (report.case.person, report),
    ):
        with pytest.raises(Problem):
            services.write(case=of.case, by=by, words="Hello.")
    with pytest.raises(Problem, match="another case"):
        services.write(case=report.case, by=moderator(), words="Hello.", report=others)
    own = make_report(PublicTrackFactory.create(), reporter=(one := moderator()))
    with pytest.raises(Problem, match="reported this yourself"):
        services.write(case=own.case, by=one, words="Hello.", report=own)


def test_programs_read_and_answer_their_own_talks_alone(django_assert_max_num_queries: Any) -> None:
    talk = write_to(make_report(track := PublicTrackFactory.create()).case).talk
    write_to(make_report(PublicTrackFactory.create(owner=track.owner)).case)
    client = Client()
    client.force_login(track.owner)
    with django_assert_max_num_queries(8):
        told = client.get("/api/v1/me/talks/").json()
    assert [len(one["messages"]) for one in told["talks"]] == [1, 1]
    address, body = f"/api/v1/me/talks/{talk.pk}/", {"text": "Mine."}
    made = client.post(address, body, content_type="application/json")
    assert (made.status_code, made.json()["by_moderators"]) == (201, False)
    client.force_login(UserFactory.create())
    assert client.post(address, body, content_type="application/json").status_code == 404
    assert client.get("/api/v1/me/talks/").json()["talks"] == []


def test_the_talk_of_a_reporter_ends_with_their_report_and_names_nobody_who_has_left() -> None:
    reporter = UserFactory.create()
    report = make_report(PublicTrackFactory.create(), reporter=reporter)
    talk = write_to_reporter(report).talk
    unname(reporter)
    talk.refresh_from_db()
    assert talk.person is None
    Report.objects.filter(pk=report.pk).delete()
    assert not Talk.objects.filter(pk=talk.pk).exists()
    assert Client().get(f"/talks/{talk.key}/").status_code == 404
