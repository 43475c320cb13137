"""What was typed into a form that was refused is not lost: it stands in it again, once."""

import pytest
from django.core.cache import cache
from django.test import Client

from moderation.appeals import services as appeals
from moderation.decisions import services as decisions
from moderation.desk.forms import FIRST
from moderation.models import Appeal, Case, CaseNote
from moderation.strikes import services as strikes
from tests.factories.moderation import decide, make_case, make_report, moderator
from tests.factories.tracks import PublicTrackFactory
from tests.moderation.desk.test_desk import QUEUE, page_of, signed_in

pytestmark = pytest.mark.django_db
TYPED = "A quote of <Marx>, & long."
SHOWN = "A quote of &lt;Marx&gt;, &amp; long."


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def sent(client: Client, about: Case, place: str, **more: str) -> str:
    """Return the page after this form was refused; what was typed stands there once."""
    page = client.post(place, {"words": TYPED} | more, follow=True).text
    assert page.count(SHOWN) == 1
    assert SHOWN not in client.get(page_of(about)).text
    return page


def form_of(page: str, place: str) -> str:
    form = page[page.index(f'action="{place}"') :]
    return form[: form.index("</form>")]


def test_an_answer_that_is_refused_stands_in_its_form_again() -> None:
    by, _other = moderator(), moderator()
    track = PublicTrackFactory.create()
    made = decide(track, "hide", by=by)
    appeal = appeals.appeal(decision=made, text="It quotes.")
    place = f"{QUEUE}{appeal.pk}/answer/"
    page = sent(signed_in(by), appeal.case, place, uphold="1")
    assert f">{SHOWN}</textarea>" in form_of(page, place)
    assert not Appeal.objects.exclude(answered_at=None).exists()


def test_what_somebody_else_has_done_meanwhile_takes_no_words_along() -> None:
    made = decide(PublicTrackFactory.create(), "hide")
    strike = strikes.give(decision=made, by=moderator())
    case = make_case(PublicTrackFactory.create(owner=made.person))
    client = signed_in(moderator())
    strikes.withdraw(strike=strike, by=moderator(), why="It was wrong.")
    place = f"{QUEUE}strikes/{strike.pk}/withdraw/"
    assert 'id="lost"' in sent(client, case, place, case=str(case.pk))
    decisions.restore(decision=made, by=moderator(), facts="No.")
    assert 'id="lost"' in sent(client, made.case, f"{QUEUE}{made.pk}/undo/")


def test_a_note_and_a_message_of_a_party_are_not_lost() -> None:
    by, _other = moderator(), moderator()
    case = make_report(PublicTrackFactory.create(), reporter=by).case
    client = signed_in(by)
    for act in ("note", "write"):
        assert 'id="lost"' in sent(client, case, f"{QUEUE}{case.pk}/{act}/")
    assert not CaseNote.objects.exists()


def test_the_key_that_restricts_begins_with_what_is_offered() -> None:
    person = PublicTrackFactory.create().owner
    page = signed_in(moderator()).get(page_of(make_case(person, "person"))).text
    assert "&quot;person&quot;: &quot;limit&quot;" in page
    assert (FIRST["track"], FIRST["words"]) == ("hide", "hide")
