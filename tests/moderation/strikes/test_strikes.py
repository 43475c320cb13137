"""Strikes: what each rests on, what counts, what many of them lead to, and who reads them."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.models import SealedEntry
from media_pipeline.uploads.services import uploads
from moderation.decisions import services as decisions
from moderation.decisions.rules import REDRESS
from moderation.models import Case, Decision, Strike
from moderation.models.strike import POLICY
from moderation.strikes import selectors, services
from social.models import Notification, User
from tests.factories.moderation import REASONS, decide, make_report, moderator
from tests.factories.notes import NoteFactory
from tests.factories.review import ReviewGuestFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import do_jobs, read_events
from tracks.models import Track

pytestmark = pytest.mark.django_db
QUEUE = "/admin/moderation/case/"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def strike(person: User, title: str = "Cover") -> Strike:
    made = decide(PublicTrackFactory.create(owner=person, title=title), "hide")
    return services.give(decision=made, by=moderator())


def held(person: User) -> Decision | None:
    row: Decision | None = (
        Decision.objects.in_force().filter(kind="hold", target_id=person.pk).first()
    )
    return row


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Problem) as found:
        act()
    return found.value.type


def form(track: Any, **more: Any) -> dict[str, Any]:
    return {
        "kind": "hide",
        "about": f"track:{track.pk}",
        "facts": "It is somebody else’s.",
        "source": "notice",
        "ground": "law",
        "clause": "Copyright",
        "territory": "Everywhere",
        "redress": REDRESS,
    } | more


def test_a_decision_of_copyright_is_proposed_as_a_strike_and_names_its_notice() -> None:
    track, client = PublicTrackFactory.create(), Client()
    report = make_report(track, reason="copyright", reporter=UserFactory.create(handle="holder"))
    make_report(track, reason="spam")
    other = make_report(PublicTrackFactory.create(), reason="hate").case
    client.force_login(moderator())
    place = f"{QUEUE}{report.case_id}/change/"
    assert "checked" in client.get(place).text
    assert "checked" not in client.get(f"{QUEUE}{other.pk}/change/").text
    client.post(place, form(track, is_strike="on"))
    made = Strike.objects.get()
    assert (made.report, made.person, made.decision.kind) == (report, track.owner, "hide")
    assert made.decision.source == "notice"
    page = client.get(place).text
    assert "Strikes against" in page
    assert "Holder" in page, "whose notice it was"
    client.post(f"{QUEUE}{other.pk}/change/", form_of(other))
    assert Strike.objects.count() == 1, "only where it is chosen"


def form_of(case: Case) -> dict[str, Any]:
    return form(Track.objects.get(pk=case.target_id))


def test_nothing_done_and_what_nobody_owns_is_no_strike() -> None:
    nothing = decide(PublicTrackFactory.create(), "no_action")
    guests = NoteFactory.create(user=None, guest=ReviewGuestFactory.create())
    of_guest = decide(guests, "hide", "note")
    for made in (nothing, of_guest):
        act = partial(services.give, decision=made, by=moderator())
        assert refused(act) == "nothing-to-strike"
    row = strike(UserFactory.create())
    assert refused(lambda: services.give(decision=row.decision, by=moderator())) == (
        "struck-already"
    )
    assert refused(lambda: services.give(decision=row.decision, by=UserFactory.create())) == (
        "not-a-moderator"
    )


def test_three_lead_to_a_hold_for_a_persons_decision_and_never_to_a_ban(client: Client) -> None:
    person = UserFactory.create()
    for number in range(POLICY.most - 1):
        strike(person, f"Cover {number}")
    assert held(person) is None
    strike(person, "Cover 9")
    made = held(person)
    assert made
    assert (made.scope, made.automated, made.by.handle) == ("person", True, "system")
    assert "“Cover 9”" in made.facts
    assert not User.objects.get(pk=person.pk).is_banned
    send = {"owner": person, "filename": "a.wav", "size": 9}
    assert refused(lambda: uploads.create(**send)) == "uploads-suspended"
    case = made.case
    assert (case.is_open, case.target_id) == (True, person.pk)
    client.force_login(moderator())
    assert str(case.pk) in client.get(f"{QUEUE}?waiting=held").text
    strike(person, "Cover 10")
    assert Decision.objects.filter(kind="hold").count() == 1, "it is held already"
    words: dict[str, Any] = {"scope": "person", "row": person, "statement": REASONS}
    decisions.decide(case=case, by=moderator(), kind="warn", **words)
    assert held(person) is None
    assert uploads.create(**send)
    assert Case.objects.get(pk=case.pk).state == "closed"
    strike(person, "Cover 11")
    assert held(person), "and one more leads to another look"


def test_a_strike_is_withdrawn_when_its_decision_is_undone() -> None:
    person = UserFactory.create()
    first, *_ = [strike(person) for _ in range(POLICY.most)]
    assert held(person)
    decisions.restore(decision=first.decision, by=moderator(), facts="It was theirs.")
    assert selectors.counting(person) == POLICY.most - 1
    assert held(person) is None
    assert Strike.objects.select_related("decision__undone_by").get(pk=first.pk).state == (
        "withdrawn"
    )
    assert Strike.objects.filter(person=person).count() == POLICY.most, "it stays in the history"
    read_events()
    assert Notification.objects.filter(user=person, kind="unstruck").exists()


def test_a_strike_is_withdrawn_when_its_notice_is_taken_back(client: Client) -> None:
    person = UserFactory.create()
    rows = [strike(person) for _ in range(POLICY.most)]
    own = rows[0].decision.by
    assert refused(lambda: services.withdraw(strike=rows[0], by=own, why="x")) == "own-decision"
    assert refused(lambda: services.withdraw(strike=rows[0], by=moderator(), why=" ")) == (
        "words-missing"
    )
    client.force_login(moderator())
    case = rows[0].decision.case_id
    answer = client.post(
        f"{QUEUE}strikes/{rows[0].pk}/withdraw/",
        {"case": str(case), "words": "The notice was taken back."},
        follow=True,
    )
    assert "The notice was taken back." in answer.text
    assert held(person) is None
    assert Decision.objects.in_force().filter(kind="hide").count() == POLICY.most
    assert refused(lambda: services.withdraw(strike=rows[0], by=moderator(), why="x")) == (
        "withdrawn-already"
    )
    kinds = SealedEntry.objects.filter(kind__startswith="strike.").order_by("pk")
    assert [row.kind for row in kinds] == ["strike.given"] * POLICY.most + ["strike.withdrawn"]


@pytest.mark.parametrize("words", [{}, {"case": "nonsense"}, {"case": "", "words": "x"}])
def test_nonsense_withdraws_nothing(client: Client, words: dict[str, str]) -> None:
    row = strike(UserFactory.create())
    client.force_login(moderator())
    assert client.post(f"{QUEUE}strikes/{row.pk}/withdraw/", words).status_code in {302, 404}
    client.force_login(UserFactory.create())
    assert client.post(f"{QUEUE}strikes/{row.pk}/withdraw/", {"words": "x"}).status_code == 302
    assert not Strike.objects.exclude(withdrawn_at=None).exists()


def test_it_counts_for_ninety_days_and_stays_in_the_history(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person, now = UserFactory.create(), timezone.now()
    for days in (91, 89):
        monkeypatch.setattr(timezone, "now", lambda d=days: now - timedelta(days=d))
        strike(person)
    monkeypatch.undo()
    assert selectors.counting(person) == 1
    assert [row.state for row in selectors.strikes_of(person)] == ["counts", "expired"]
    strike(person)
    assert held(person) is None, "three in all, two of which count"
    strike(person)
    assert held(person)


def test_its_owner_reads_it_with_the_decision_and_programs_do(client: Client) -> None:
    person = UserFactory.create()
    row = strike(person)
    read_events()
    assert Notification.objects.filter(user=person, kind="strike").exists()
    do_jobs()
    (letter,) = [one for one in mail.outbox if one.subject == "A strike: “Cover”"]
    assert letter.to == [person.email]
    for words in (row.decision.get_absolute_url(), "/repeat-infringers/", "3 strikes", "notice"):
        assert words in str(letter.body)
    client.force_login(person)
    page = client.get("/me/decisions/").text
    assert "This counts as a strike until" in page
    assert "/repeat-infringers/" in page
    told = client.get("/api/v1/me/decisions/").json()["decisions"][0]["strike"]
    assert (told["state"], told["by_notice"]) == ("counts", True)
    services.withdraw(strike=row, by=moderator(), why="Taken back.")
    assert "which was withdrawn" in client.get("/me/decisions/").text
    told = client.get("/api/v1/me/decisions/").json()["decisions"][0]["strike"]
    assert (told["state"], told["why_withdrawn"]) == ("withdrawn", "Taken back.")


def test_the_policy_is_shown_to_everybody_from_where_it_is_carried_out(client: Client) -> None:
    page = client.get("/repeat-infringers/").text
    assert f"counts for {POLICY.counts_for.days} days" in page
    assert f"{POLICY.most} strikes that count" in page
    assert "No machine closes an account" in page


def test_many_strikes_cost_the_pages_no_more(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    person = UserFactory.create()
    rows = [strike(person) for _ in range(6)]
    client.force_login(person)
    with django_assert_max_num_queries(8):
        client.get("/me/decisions/")
    assert len(list(selectors.strikes_of(person))) == len(rows)
