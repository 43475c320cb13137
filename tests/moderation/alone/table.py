"""Every act in which somebody meets what is their own: one line for each, by its rule."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from economics.charities import services as charities
from economics.payouts import services as payouts
from moderation.appeals import services as appeals
from moderation.cases import services as cases
from moderation.decisions import services as decisions
from moderation.models import Case
from moderation.verification import services as verification
from social.models import User
from tests.factories.economics import ask_payout, confirm, declare, disburse
from tests.factories.moderation import REASONS, decide, make_case, make_report, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tracks.credits.services import claims
from tracks.keys_of_words import key_of
from tracks.models import Name, NameClaim


@dataclass(frozen=True)
class Line:
    """One line: the rule, how it comes to that, and the act that it is about."""

    rule: str
    name: str
    act: Callable[[User], Callable[[], Any]]


def on(case: Case, by: User, row: Any, kind: str = "hide", scope: str = "track") -> Any:
    words: dict[str, Any] = {"kind": kind, "scope": scope, "row": row, "statement": REASONS}
    return lambda: decisions.decide(case=case, by=by, **words)


def own_piece(by: User, kind: str = "hide") -> Any:
    track = PublicTrackFactory.create(owner=by)
    return on(make_case(track), by, track, kind)


def own_part_of_anothers_case(by: User) -> Any:
    """A case about a guest's thing, decided about the moderator's own piece."""
    track = PublicTrackFactory.create(owner=by)
    case = make_case(track)
    Case.objects.update(person=None)
    return on(Case.objects.get(pk=case.pk), by, track)


def own_account(by: User) -> Any:
    return on(make_case(by, "person"), by, by, "warn", "person")


def own_report(by: User, kind: str = "hide") -> Any:
    track = PublicTrackFactory.create()
    case = make_report(track, reporter=by).case
    return on(case, by, track, kind)


def own_decision(by: User, kind: str = "hide") -> Any:
    made = decide(PublicTrackFactory.create(), kind, by=by)
    return lambda: decisions.restore(decision=made, by=by, facts="I was wrong.")


def own_ban(by: User) -> Any:
    person = PublicTrackFactory.create().owner
    made = decide(person, "ban", "person", by=by)
    return lambda: decisions.restore(decision=made, by=by, facts="I was wrong.")


def an_appeal(by: User, answer: Any, kind: str = "hide") -> Any:
    made = decide(PublicTrackFactory.create(), kind, by=by)
    asked = appeals.appeal(decision=made, text="It quotes.")
    return lambda: answer(appeal=asked, by=by, words="Looked at again.")


def a_reporters_appeal(by: User) -> Any:
    track = PublicTrackFactory.create()
    report = make_report(track)
    none = decide(track, "no_action", by=by)
    asked = appeals.appeal_as_reporter(report=report, decision=none, text="Listen again.")
    return lambda: appeals.uphold(appeal=asked, by=by, words="Looked at again.")


def own_appeal_about_own_piece(by: User) -> Any:
    track = PublicTrackFactory.create(owner=by)
    made = decide(track, "hide", by=passer_by())
    asked = appeals.appeal(decision=made, text="It quotes.")
    return lambda: appeals.grant(appeal=asked, by=by, words="It does.")


def passer_by() -> User:
    """Return a moderator who has left the house before the act is tried."""
    other = moderator()
    other_pk = other.pk
    left.append(other_pk)
    return other


left: list[Any] = []


def gone_piece(by: User) -> Any:
    track = PublicTrackFactory.create(owner=by)
    case = make_case(track)
    track.delete()
    return lambda: cases.close_gone(case=case, by=by)


def own_verification(by: User, act: Any) -> Any:
    row = verification.begin(person=by, method="hand", subject="Ada", words="Call me.")
    return lambda: act(row=row, by=by, evidence="I am here.")


def own_name(by: User, *, is_theirs: bool, of_other: bool = False) -> Any:
    """A name that stands on the music of somebody else, which two ask for."""
    name = Name.objects.create(name="Ada Byron", slug="ada-byron", key=key_of("Ada Byron"))
    claims.claim(name=name, by=by)
    if of_other:
        claims.claim(name=name, by=UserFactory.create())
    asked = NameClaim.objects.order_by("-pk").first()
    return lambda: claims.decide(claim=asked, by=by, is_theirs=is_theirs)


def of_finance(by: User) -> User:
    """Let all staff that there is send money, and return this one as they are then."""
    for one in User.objects.filter(is_staff=True):
        one.groups.add(Group.objects.get(name="finance"))
    return User.objects.get(pk=by.pk)


def own_payout(by: User, act: Any, **words: Any) -> Any:
    boss = of_finance(by)
    confirm(declare(boss, amount=10_000))
    row = ask_payout(boss)
    return lambda: act(row.pk, by=boss, **words)


def own_run(by: User) -> Any:
    boss = of_finance(by)
    confirm(declare())
    row = disburse(100, sent=False, by=boss)
    return lambda: charities.send(row.pk, by=boss, **SENT)


SENT: dict[str, Any] = {"reference": "transfer 1", "sent_on": timezone.localdate()}
TABLE = [
    Line("own-content", "hide an own piece", own_piece),
    Line("own-content", "remove an own piece", lambda by: own_piece(by, "remove")),
    Line("own-content", "leave an own piece alone", lambda by: own_piece(by, "no_action")),
    Line("own-content", "decide about an own part", own_part_of_anothers_case),
    Line("own-content", "warn oneself", own_account),
    Line("own-content", "grant an own appeal", own_appeal_about_own_piece),
    Line("own-content", "close a case of a gone piece", gone_piece),
    Line("own-content", "take an own case", lambda by: _taken(by)),
    Line("own-content", "write about an own case", lambda by: _noted(by)),
    Line("own-content", "verify oneself", lambda by: own_verification(by, verification.grant)),
    Line("own-content", "refuse oneself", lambda by: own_verification(by, verification.refuse)),
    Line("own-content", "grant an own name", lambda by: own_name(by, is_theirs=True)),
    Line(
        *("own-content", "refuse who asks for the same name"),
        lambda by: own_name(by, is_theirs=False, of_other=True),
    ),
    Line("own-money", "send an own payout", lambda by: own_payout(by, payouts.send, **SENT)),
    Line("own-money", "let it fail", lambda by: own_payout(by, payouts.fail, note="It did not.")),
    Line("own-money", "send a run that one prepared", own_run),
    Line("own-report", "decide about an own report", own_report),
    Line("own-report", "do nothing about it", lambda by: own_report(by, "no_action")),
    Line("own-decision", "restore what one hid", own_decision),
    Line("own-decision", "restore what one removed", lambda by: own_decision(by, "remove")),
    Line("own-decision", "undo a warning", lambda by: own_decision(by, "warn")),
    Line("own-decision", "let in again", own_ban),
    Line("own-decision", "grant", lambda by: an_appeal(by, appeals.grant)),
    Line("own-decision", "uphold", lambda by: an_appeal(by, appeals.uphold)),
    Line("own-decision", "uphold a removal", lambda by: an_appeal(by, appeals.uphold, "remove")),
    Line("own-decision", "answer a reporter", a_reporters_appeal),
]


def _taken(by: User) -> Any:
    case = make_case(PublicTrackFactory.create(owner=by))
    return lambda: cases.assign(case=case, by=by, to=by)


def _noted(by: User) -> Any:
    case = make_case(PublicTrackFactory.create(owner=by))
    return lambda: cases.write(case=case, by=by, words="Mine.")
