"""The moderators’ desk: the queue, a case with everything at hand, and every act by its form."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from media_pipeline.models import SealedEntry
from moderation.appeals import services as appeals
from moderation.decisions.rules import REDRESS
from moderation.models import Appeal, Case, CaseNote, Decision, Evidence
from tests.factories.moderation import decide, make_case, make_report, member_of, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db
QUEUE = "/admin/moderation/case/"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def page_of(case: Case) -> str:
    return f"{QUEUE}{case.pk}/change/"


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def words(row: Track, **more: Any) -> dict[str, Any]:
    return {
        "kind": "hide",
        "about": f"version:{row.primary_version_id}",
        "facts": "At 0:42 it calls for violence.",
        "source": "notice",
        "ground": "terms",
        "clause": "Terms of use: hate",
        "territory": "Everywhere",
        "days": "",
        "redress": REDRESS,
    } | more


def test_what_is_due_first_stands_on_top_and_nothing_is_hidden() -> None:
    slow = make_case(PublicTrackFactory.create(title="Slow"), reason="spam")
    grave = make_case(PublicTrackFactory.create(title="Grave"), reason="minors")
    client = signed_in(moderator())
    page = client.get(QUEUE).text
    assert page.index("Grave") < page.index("Slow")
    assert "Slow" not in client.get(f"{QUEUE}?reason=minors").text
    assert "Slow" not in client.get(f"{QUEUE}?whose=mine").text
    assert "Slow" in client.get(f"{QUEUE}?whose=nobodys&target=track").text
    assert "Slow" not in client.get(f"{QUEUE}?waiting=appeals").text
    decide(Track.objects.get(pk=grave.target_id), "no_action")
    assert "Grave" not in client.get(QUEUE).text
    assert "Grave" in client.get(f"{QUEUE}?state=closed").text
    assert client.get(f"{QUEUE}?after=nonsense").status_code == 404
    assert slow.is_open


def test_a_long_queue_goes_on_and_costs_no_more(django_assert_max_num_queries: Any) -> None:
    for number in range(55):
        make_case(PublicTrackFactory.create(title=f"Piece {number:02}"))
    client = signed_in(moderator())
    with CaptureQueriesContext(connection) as asked:
        page = client.get(QUEUE)
    assert len(asked) <= 8, [query["sql"][:120] for query in asked]
    more = page.text.partition('href="?after=')[2].partition('"')[0]
    rest = client.get(f"{QUEUE}?after={more}").text
    shown = [f"Piece {number:02}" for number in range(55)]
    assert all((name in page.text) != (name in rest) for name in shown)


def test_nobody_else_sees_it() -> None:
    case = make_case(PublicTrackFactory.create())
    for person in (UserFactory.create(), member_of("finance"), member_of("editor")):
        client = signed_in(person)
        assert client.get(QUEUE).status_code in {302, 403}
        assert client.get(page_of(case)).status_code in {302, 403}
        assert client.post(f"{QUEUE}{case.pk}/assign/").status_code in {302, 403}
    assert not Case.objects.exclude(assigned_to=None).exists()
    assert signed_in(moderator()).get(f"{QUEUE}not-an-id/change/").status_code == 404


def test_a_moderator_hears_it_takes_it_and_writes(client: Client) -> None:
    track = PublicTrackFactory.create(title="Loud")
    case = make_report(track, at_ms=42_000, words="Words of a visitor").case
    by = moderator()
    client = signed_in(by)
    page = client.get(page_of(case)).text
    assert "Words of a visitor" in page
    assert "#t=37" in page, "five seconds before the moment"
    assert "Open as evidence" not in page
    client.post(f"{QUEUE}{case.pk}/assign/")
    assert Case.objects.get().assigned_to == by
    client.post(f"{QUEUE}{case.pk}/note/", {"words": "I have asked a friend."})
    assert "I have asked a friend." in client.get(page_of(case)).text
    assert (
        "Write something first."
        in client.post(f"{QUEUE}{case.pk}/note/", {"words": " "}, follow=True).text
    )
    client.post(f"{QUEUE}{case.pk}/assign/", {"nobody": "1"})
    assert Case.objects.get().assigned_to is None
    kinds = list(SealedEntry.objects.filter(actor=str(by.pk)).values_list("kind", flat=True))
    assert kinds == ["case.assigned", "case.noted", "case.assigned"]
    assert CaseNote.objects.count() == 1
    assert "case.noted" in client.get("/admin/media_pipeline/sealedentry/").text


def test_what_is_private_opens_as_evidence() -> None:
    track = PublicTrackFactory.create()
    case = make_case(track)
    Track.objects.update(visibility="private")
    client = signed_in(moderator())
    page = client.get(page_of(case)).text
    assert "Open as evidence" in page
    assert "#t=" not in page
    client.post(f"{QUEUE}{case.pk}/evidence/")
    assert str(case.pk) in Evidence.objects.get().reason
    assert "#t=" in client.get(page_of(case)).text


def test_what_it_would_close_is_told_before_anything_is(client: Client) -> None:
    track = PublicTrackFactory.create()
    ReadyTrackFactory.create(owner=track.owner)
    case = make_case(track)
    client = signed_in(moderator())
    said = client.post(page_of(case), words(track, simulate="1")).text
    assert "This closes 1 piece, 1 version, 1 set of signed addresses." in said
    whole = words(track, about=f"person:{track.owner.pk}", kind="ban", simulate="1")
    assert "This closes 2 pieces, 2 versions" in client.post(page_of(case), whole).text
    assert not Decision.objects.exists()
    assert Client().get(track.get_absolute_url()).status_code == 200


def test_it_is_decided_with_reasons_and_undone_by_another() -> None:
    track = PublicTrackFactory.create()
    case, by = make_case(track), moderator()
    client = signed_in(by)
    incomplete = client.post(page_of(case), words(track, clause=""))
    assert "At 0:42 it calls for violence." in incomplete.text
    assert "owed complete reasons" in incomplete.text
    no_such = client.post(page_of(case), words(track, kind="ban")).text
    assert "About this one can decide" in no_such
    assert not Decision.objects.exists()
    done = client.post(page_of(case), words(track))
    assert done.headers["Location"] == page_of(case)
    made = Decision.objects.get()
    assert (made.by, made.scope, made.person) == (by, "version", track.owner)
    assert Client().get(track.get_absolute_url()).status_code == 404
    other = signed_in(moderator())
    refused = client.post(f"{QUEUE}{made.pk}/undo/", {"words": "No."}, follow=True)
    assert "Somebody else has to look at it." in refused.text
    other.post(f"{QUEUE}{made.pk}/undo/", {"words": "It quotes."})
    assert Client().get(track.get_absolute_url()).status_code == 200


def test_appeals_come_into_the_same_queue_and_are_answered_there() -> None:
    track = PublicTrackFactory.create()
    made = decide(track, "hide")
    appeals.appeal(decision=made, text="It quotes.")
    client = signed_in(moderator())
    queue = client.get(f"{QUEUE}?waiting=appeals").text
    assert '<strong class="desk__mark">appeal</strong>' in queue
    page = client.get(page_of(made.case)).text
    assert "It quotes." in page
    assert "Undo the decision" in page
    appeal = Appeal.objects.get()
    client.post(f"{QUEUE}{appeal.pk}/answer/", {"words": "It does.", "grant": "1"})
    assert Client().get(track.get_absolute_url()).status_code == 200
    assert Appeal.objects.get().answer == "It does."


def test_a_reporters_appeal_is_answered_by_what_is_decided_then() -> None:
    track = PublicTrackFactory.create()
    report = make_report(track)
    none = decide(track, "no_action")
    appeals.appeal_as_reporter(report=report, decision=none, text="Listen again.")
    client = signed_in(moderator())
    client.post(page_of(none.case), words(track))
    appeal = Appeal.objects.get()
    assert appeal.led_to == Decision.objects.get(kind="hide")
    assert appeal.answer == "At 0:42 it calls for violence."
    assert Client().get(track.get_absolute_url()).status_code == 404


def test_undoing_answers_the_appeal_that_waits() -> None:
    track = PublicTrackFactory.create()
    made = decide(track, "hide")
    appeals.appeal(decision=made, text="It quotes.")
    signed_in(moderator()).post(f"{QUEUE}{made.pk}/undo/", {"words": "It does."})
    assert Appeal.objects.get().answer == "It does."
    assert not Case.objects.get().is_open


def test_of_something_of_ones_own_nothing_is_offered() -> None:
    by, _other = moderator(), moderator()
    case = make_case(PublicTrackFactory.create(owner=by))
    page = signed_in(by).get(page_of(case)).text
    assert "This is about something of your own. Somebody else has to look at it." in page
    assert 'id="decide"' not in page


def test_what_is_gone_is_still_a_case() -> None:
    track = PublicTrackFactory.create(title="Gone")
    case = make_case(track)
    track.delete()
    page = signed_in(moderator()).get(page_of(case))
    assert page.status_code == 200
    assert "it is not here any more" in page.text
    by = moderator()
    signed_in(by).post(f"{QUEUE}{case.pk}/close/")
    assert not Case.objects.get().is_open
    assert SealedEntry.objects.get(kind="case.closed").actor == str(by.pk)
    still = make_case(PublicTrackFactory.create())
    signed_in(by).post(f"{QUEUE}{still.pk}/close/")
    assert Case.objects.get(pk=still.pk).is_open
