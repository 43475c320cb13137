"""What the desk shows of a case: the thing, the moment, both sides, what was done."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from moderation import things
from moderation.alone import rules as alone
from moderation.cases import rules
from moderation.desk import selectors
from moderation.models import Case
from social.models import User
from tracks import player
from tracks.models import TrackVersion

BEFORE_MS = 5000  # it is heard from so long before the moment


@dataclass(frozen=True)
class Player:
    """What a moderator hears; `src` is empty where it has to be opened as evidence first."""

    src: str = ""
    url: str = ""
    at_ms: int | None = None
    has_sound: bool = False


def case_page(case: Case, user: User) -> dict[str, Any]:
    """Return all that the page of a case shows."""
    row = things.find(case.target, case.target_id)
    reports = selectors.reports_of(case)
    may_act, sentence = alone.told(alone.Act(user, case))
    walks = list(case.walks.select_related("decision").order_by("-pk")[:3])
    return {
        "case": case,
        "row": row,
        "url": things.KINDS[case.target].url(row) if row else "",
        "player": _player(case, row, reports, user),
        "reports": reports,
        "appeals": selectors.appeals_of(case),
        "decisions": selectors.decisions_near(case),
        "near": selectors.cases_near(case),
        "notes": case.notes.select_related("by").order_by("pk"),
        "walks": walks,
        "may_decide": rules.may_decide(user, case) and may_act,
        "own": sentence,
        "is_alone": alone.is_alone(user),
        "is_late": case.is_open and case.due_at < timezone.now(),
    }


def _player(case: Case, row: Any, reports: list[Any], user: User) -> Player:
    track = things.KINDS[case.target].track(row) if row else None
    if track is None:
        return Player()
    named = next((one for one in reports if one.at_ms is not None), None)
    at_ms = named.at_ms if named else getattr(row, "at_ms", None)
    version = _heard(case, row, named, track)
    opened = TrackVersion.objects.opened_by(user).for_player().filter(pk=version).first()
    if opened is None:
        return Player(at_ms=at_ms, has_sound=True)
    seconds = max(0, (at_ms or 0) - BEFORE_MS) / 1000
    mp3 = player.addresses(opened).mp3
    src = f"{mp3}#t={seconds:g}" if mp3 else ""
    return Player(src, f"{things.KINDS[case.target].url(row)}#t={seconds:g}", at_ms, True)


def _heard(case: Case, row: Any, named: Any, track: Any) -> Any:
    if case.target == "version":
        return row.pk
    return (named.version_id if named else None) or track.primary_version_id
