"""Whoever's page is old is told what was decided meanwhile, and by whom; no word is lost."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from moderation.appeals import services as appeals
from moderation.decisions import services as decisions
from moderation.decisions.rules import REDRESS
from moderation.models import Case, Decision
from tests.factories.moderation import decide, make_case, moderator
from tests.factories.tracks import PublicTrackFactory
from tests.moderation.desk.test_desk import QUEUE, page_of, signed_in

pytestmark = pytest.mark.django_db
SEEN = re.compile(r'name="seen" value="([0-9a-f-]{36})"')
TYPED = "At 0:42 there is a <slogan>."
SHOWN = "At 0:42 there is a &lt;slogan&gt;."


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def form(page: str, about: str, **more: str) -> dict[str, str]:
    """Return the form of a page as it is sent, filled in."""
    found = SEEN.search(page)
    assert found
    return {
        "seen": found[1],
        "kind": "hide",
        "about": about,
        "facts": TYPED,
        "source": "notice",
        "ground": "terms",
        "clause": "Terms of use: hate",
        "territory": "Everywhere",
        "redress": REDRESS,
    } | more


def test_what_another_has_decided_meanwhile_is_read_before_one_decides() -> None:
    track = PublicTrackFactory.create(title="Rain")
    case = make_case(track)
    client, faster = signed_in(moderator()), moderator(display_name="Faster")
    sent = form(client.get(page_of(case)).text, f"track:{track.pk}")
    decide(track, "no_action", by=faster, case=case)
    page = client.post(page_of(case), sent).text
    assert "Faster has decided in this case meanwhile" in page
    assert "No action · piece “Rain”" in page
    assert f"{SHOWN}</textarea>" in page
    assert Decision.objects.count() == 1
    again = form(page, f"track:{track.pk}")
    assert again["seen"] != sent["seen"]
    client.post(page_of(case), again)
    assert Decision.objects.filter(kind="hide").count() == 1


def test_what_is_so_already_says_since_whom_and_keeps_the_words() -> None:
    track = PublicTrackFactory.create()
    case = make_case(track)
    by, client = moderator(display_name="Faster"), signed_in(moderator())
    decide(track, "hide", by=by, case=case)
    sent = form(client.get(page_of(case)).text, f"track:{track.pk}")
    page = client.post(page_of(case), sent).text
    assert "This is so already. Faster did so on" in page
    assert f"{SHOWN}</textarea>" in page


def test_ones_own_decision_is_no_news() -> None:
    track = PublicTrackFactory.create()
    case, by = make_case(track), moderator()
    client = signed_in(by)
    sent = form(client.get(page_of(case)).text, f"track:{track.pk}")
    decide(track, "warn", by=by, case=case)
    client.post(page_of(case), sent)
    assert Decision.objects.filter(kind="hide").exists()


def refused(client: Client, case: Case, place: str, **more: str) -> str:
    page = client.post(f"{QUEUE}{place}/", {"words": TYPED} | more, follow=True).text
    assert page.count(SHOWN) == 1
    return page


def test_an_undone_decision_and_an_answered_appeal_say_by_whom() -> None:
    track, by = PublicTrackFactory.create(), moderator(display_name="Faster")
    made = decide(track, "hide")
    appeal = appeals.appeal(decision=made, text="It quotes.")
    appeals.uphold(appeal=appeal, by=by, words="It does not.")
    client = signed_in(moderator())
    page = refused(client, made.case, f"{appeal.pk}/answer", uphold="1")
    assert "This appeal was answered already. Faster did so on" in page
    decisions.restore(decision=made, by=by, facts="No.")
    page = refused(client, made.case, f"{made.pk}/undo")
    assert "This was undone already. Faster did so on" in page


def test_a_nonsense_of_a_page_stops_nobody() -> None:
    track = PublicTrackFactory.create()
    case, client = make_case(track), signed_in(moderator())
    sent = form(client.get(page_of(case)).text, f"track:{track.pk}")
    assert client.post(page_of(case), sent | {"seen": "x"}).status_code == 200
    del sent["seen"]
    assert client.post(page_of(case), sent).status_code == 302
