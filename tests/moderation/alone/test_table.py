"""The whole table of what is one's own, walked with somebody else here and in a house of one."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.models import SealedEntry
from moderation.alone import rules
from moderation.alone.selectors import WORDS
from moderation.appeals import services as appeals
from moderation.cases import services as cases
from moderation.models import Appeal, Case, Decision
from social.models import User
from tests.factories.moderation import decide, make_case, make_report, moderator
from tests.factories.social import StaffFactory
from tests.factories.tracks import PublicTrackFactory
from tests.moderation.alone.table import TABLE, Line, left, on, own_piece

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def refused(act: Any) -> str:
    with pytest.raises(Problem) as found:
        act()
    return found.value.type


def show_code(person: User) -> None:
    person.authenticator_set.update(last_used_at=timezone.now())  # type: ignore[attr-defined]


def test_no_rule_is_missing_from_the_table() -> None:
    assert {line.rule for line in TABLE} == {*rules.RULES}


@pytest.mark.parametrize("line", TABLE, ids=lambda line: f"{line.rule}: {line.name}")
def test_with_somebody_else_here_it_is_refused(line: Line) -> None:
    by, _other, _third = moderator(), moderator(), moderator()
    left.clear()
    act = line.act(by)
    count = Decision.objects.count()
    assert refused(act) == line.rule
    assert Decision.objects.count() == count
    assert not SealedEntry.objects.filter(kind=rules.MARK).exists()


@pytest.mark.parametrize("line", TABLE, ids=lambda line: f"{line.rule}: {line.name}")
def test_in_a_house_of_one_it_waits_asks_for_a_code_and_is_marked(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = moderator()
    left.clear()
    act = line.act(by)
    User.objects.filter(pk__in=left).update(is_staff=False)
    assert refused(act) == "too-early"
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=23, minutes=59))
    assert refused(act) == "too-early"
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=24, minutes=1))
    assert refused(act) == "code-needed"
    assert not SealedEntry.objects.filter(kind=rules.MARK).exists()
    show_code(by)
    act()
    mark = SealedEntry.objects.get(kind=rules.MARK)
    assert (mark.actor, mark.data["rule"]) == (str(by.pk), line.rule)
    monkeypatch.undo()
    page = Client().get("/transparency/").text
    assert f"{mark.created_at:%Y-%m-%d}" in page
    assert WORDS[line.rule] in page
    assert "Marks: 1." in page
    assert str(by.pk) not in page
    assert by.handle not in page
    told = Client().get("/transparency.json").json()["alone"]
    assert told["count"] == 1
    assert told["newest"][0]["rule"] == line.rule


def test_a_house_of_one_ends_in_no_deadlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Own piece, own report, own decision, own appeal against it, all by one operator."""
    boss = StaffFactory.create()
    track = PublicTrackFactory.create(owner=boss)
    case = make_report(track, reporter=boss).case
    now = timezone.now()
    for day, step in enumerate(
        (
            on(case, boss, track),
            lambda: appeals.appeal(decision=Decision.objects.get(), text="Mine."),
            lambda: appeals.grant(appeal=Appeal.objects.get(), by=boss, words="It is."),
        ),
        1,
    ):
        monkeypatch.setattr(timezone, "now", lambda day=day: now + timedelta(hours=25 * day))
        show_code(boss)
        step()
    assert Client().get(track.get_absolute_url()).status_code == 200
    assert not Case.objects.get().is_open
    found = SealedEntry.objects.filter(kind=rules.MARK).values_list("data__rule", flat=True)
    assert {*found} == {*rules.RULES} - {"own-money"}


def test_two_who_are_both_parties_do_not_wait_for_each_other_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner, judge = moderator(), moderator()
    track = PublicTrackFactory.create(owner=owner)
    made = decide(track, "hide", by=judge)
    asked = appeals.appeal(decision=made, text="It quotes.")
    for one in (owner, judge):
        act = {"appeal": asked, "by": one, "words": "Looked at again."}
        assert refused(lambda act=act: appeals.uphold(**act)) == "too-early"
    third = moderator()
    assert refused(lambda: appeals.uphold(appeal=asked, by=judge, words="No.")) == "own-decision"
    assert appeals.grant(appeal=asked, by=third, words="It does.")


def test_who_has_no_second_factor_is_nobody_who_could(monkeypatch: pytest.MonkeyPatch) -> None:
    by = moderator()
    StaffFactory.create(enrolled=False)
    assert rules.is_alone(by)
    assert refused(own_piece(by)) == "too-early"
    StaffFactory.create()
    assert refused(own_piece(by)) == "own-content"


def test_of_copyright_the_rights_desk_could() -> None:
    from tests.factories.moderation import member_of

    by = moderator()
    act = own_piece(by)
    member_of("rights desk")
    assert refused(act) == "too-early"
    Case.objects.update(reason="copyright")
    assert refused(act) == "own-content"


def test_a_day_with_many_acts_about_one_case_is_one_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    by = moderator()
    case = make_case(PublicTrackFactory.create(owner=by))
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=25))
    show_code(by)
    for number in range(3):
        cases.write(case=case, by=by, words=f"{number}")
    assert SealedEntry.objects.filter(kind=rules.MARK).count() == 1
    assert SealedEntry.objects.filter(kind="case.noted").count() == 3
