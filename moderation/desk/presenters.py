"""What the desk shows of a case: the thing, the moment, both sides, what was done."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.http import urlencode

from moderation import parts, things
from moderation.alone import rules as alone
from moderation.attestations.selectors import attestations_of
from moderation.cases import rules
from moderation.custody import rules as custody_rules
from moderation.custody.selectors import custodies_of
from moderation.decisions.selectors import carry_making
from moderation.desk import selectors
from moderation.desk.words import filled
from moderation.hearing.selectors import BEFORE_MS, passages_of
from moderation.models import Case, Decision, Scope, Wording
from moderation.mutes.selectors import acts_about_all
from moderation.strikes.selectors import SHOWN, strikes_of
from moderation.talks.presenters import lines
from moderation.talks.selectors import talks_of
from social.models import User
from tracks import player
from tracks.models import Track, TrackVersion

RELATED = 10


@dataclass(frozen=True)
class Player:
    """What a moderator hears; `src` is empty where it has to be opened as evidence first."""

    src: str = ""
    url: str = ""
    at_ms: int | None = None
    has_sound: bool = False


def case_page(case: Case, user: User) -> dict[str, Any]:
    """Return all that the page of a case shows; to whose it is only that others look at it."""
    row = things.find(case.target, case.target_id)
    url = things.KINDS[case.target].url(row) if row else ""
    may_act, sentence = alone.told(alone.Act(user, case))
    is_own = case.person_id == user.pk
    own = {"case": case, "row": row, "url": url, "own": sentence, "is_own": is_own}
    if is_own and not alone.is_left_alone(alone.Act(user, case)):
        return own | {"is_closed_to": True}
    reports = selectors.reports_of(case)
    talks = talks_of(case)
    for talk in talks:
        talk.lines = [lines(one) for one in talk.said]  # type: ignore[attr-defined]
    custodies = custodies_of(case)
    acts = acts_about_all(reports)
    suggestions = list(case.suggestions.select_related("dismissed_by").order_by("pk"))
    by_report = {talk.report_id: talk for talk in talks}
    for report in reports:
        report.its_talk = by_report.get(report.pk)
        report.anchor = str(report.pk)
        report.acts = acts[report.pk]
    decisions = _decisions(case, user)
    carry_making(decisions)
    walks = list(case.walks.select_related("decision").order_by("-pk")[:3])
    return own | {
        "player": _player(case, row, reports, user),
        "passages": passages_of(case, row, _reported_at(reports)),
        "reports": reports,
        "appeals": selectors.appeals_of(case),
        "decisions": decisions,
        "near": selectors.cases_near(case),
        "related": related(case, row),
        "custodies": custodies,
        "may_keep": custody_rules.may_keep(user, case),
        "may_open": custody_rules.may_open(user) and case.person_id != user.pk,
        "is_kept": any(one.released_at is None for one in custodies),
        "person_talk": by_report.get(None),
        "suggestions": suggestions,
        "suggestions_wait": any(one.dismissed_at is None for one in suggestions),
        "attestations": _attestations(case, row),
        "notes": case.notes.select_related("by").order_by("pk"),
        "walks": walks,
        "is_private": things.KINDS[case.target].is_private,
        "strikes": list(strikes_of(case.person)[:SHOWN]) if case.person else [],
        "is_held": case.decisions.in_force().filter(kind=Decision.Kind.HOLD).exists(),
        "may_decide": rules.may_decide(user, case) and may_act,
        "may_ban": rules.may_ban(user),
    }


def live_query(filters: selectors.Filters) -> str:
    """Return what the socket of a queue is asked for: its filters, and when it was drawn."""
    return urlencode({**vars(filters), "drawn": timezone.now().isoformat()})


def wordings(case: Case, form: Any) -> dict[str, list[tuple[str, str]]]:
    """Return the ready texts for this case by their use, each as its name and its filled words."""
    clause = str(form["clause"].value() or "") if form else ""
    values = {"title": case.title, "reason": case.get_reason_display(), "clause": clause}
    found: dict[str, list[tuple[str, str]]] = {use: [] for use in Wording.Use.values}
    for row in Wording.objects.filter(reason__in=["", case.reason]):
        found[row.use].append((row.name, filled(row.words, values)))
    return found


def related(case: Case, row: Any) -> list[tuple[things.Kind, Any, str]]:
    """Return what is of it, around it, and of the same person, with where each is."""
    if row is None:
        return []
    parts = things.parts_of(case.target, row)[1:]
    track = things.KINDS[case.target].track(row)
    if case.person_id:
        others = Track.objects.filter(owner=case.person_id)
        others = others.exclude(pk=track.pk) if track else others
        kind = things.KINDS[Scope.TRACK]
        parts += [(kind, one) for one in others.select_related("owner").order_by("-pk")[:RELATED]]
    return [(kind, part, things.title_of(kind, part)) for kind, part in parts[: 2 * RELATED]]


def _decisions(case: Case, user: User) -> list[Any]:
    """Return what was decided, each with whether this person could undo it, their own included."""
    found = [_with_words(row) for row in selectors.decisions_near(case)]
    own = next((row for row in found if row.by_id == user.pk), None)
    is_left = own and alone.is_left_alone(alone.Act(user, case, decision=own))
    for row in found:
        row.may_undo = row.by_id != user.pk or is_left
    return found


def _with_words(decision: Any) -> Any:
    """Let a decision that hides words carry them as they are now: whoever answers an appeal."""
    is_open = decision.restricts and not getattr(decision, "undone_by", None)
    read = {Scope.WORDS: parts.said_of, Scope.LYRICS: parts.sung_in}.get(decision.scope)
    row = things.find(decision.scope, decision.target_id) if read and is_open else None
    decision.words_now = read(row) if read and row else ""
    return decision


def _attestations(case: Case, row: Any) -> list[Any]:
    """Return what owners said of the piece a case is about, also where it is gone."""
    if case.target not in {Scope.TRACK, Scope.VERSION}:
        return []
    return attestations_of(row.track_id if case.target == Scope.VERSION and row else case.target_id)


def _player(case: Case, row: Any, reports: list[Any], user: User) -> Player:
    track = things.KINDS[case.target].track(row) if row else None
    if track is None:
        return Player()
    named = _named(reports)
    at_ms = named.at_ms if named else getattr(row, "at_ms", None)
    version = _heard(case, row, named, track)
    opened = TrackVersion.objects.opened_by(user).for_player().filter(pk=version).first()
    if opened is None:
        return Player(at_ms=at_ms, has_sound=True)
    seconds = max(0, (at_ms or 0) - BEFORE_MS) / 1000
    mp3 = player.addresses(opened).mp3
    src = f"{mp3}#t={seconds:g}" if mp3 else ""
    return Player(src, f"{things.KINDS[case.target].url(row)}#t={seconds:g}", at_ms, True)


def _named(reports: list[Any]) -> Any:
    return next((one for one in reports if one.at_ms is not None), None)


def _reported_at(reports: list[Any]) -> int | None:
    named = _named(reports)
    return named.at_ms if named else None


def _heard(case: Case, row: Any, named: Any, track: Any) -> Any:
    if case.target == "version":
        return row.pk
    return (named.version_id if named else None) or track.primary_version_id
