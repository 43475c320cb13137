"""The reasons of a decision, and whether they are complete."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from config.lib.problems import Problem
from moderation import things
from moderation.cases import rules as bench
from moderation.decisions.rules import REDRESS
from moderation.models import Decision, Scope
from moderation.models.decision import (
    CLAUSE_CHARS,
    FACTS_CHARS,
    REDRESS_CHARS,
    TERRITORY_CHARS,
    Kind,
)

DAYS_MOST = 3650
LONGEST = {
    "facts": FACTS_CHARS,
    "clause": CLAUSE_CHARS,
    "territory": TERRITORY_CHARS,
    "redress": REDRESS_CHARS,
}


@dataclass(frozen=True)
class Statement:
    """The reasons of a decision, as article 17 of Regulation (EU) 2022/2065 wants them."""

    facts: str
    source: str = Decision.Source.OWN
    ground: str = ""
    clause: str = ""
    territory: str = "Everywhere"
    days: int | None = None  # how long it lasts; None: until it is undone
    automated: bool = False
    redress: str = REDRESS
    span: tuple[int, int] | None = None  # of a muted moment, in ms


def require_statement(kind: str, said: Statement) -> None:
    """Refuse reasons that are not complete, or longer than can be kept.

    Raises Problem `statement-missing`, `words-too-long`, `invalid-days`.
    """
    wanted = {"facts": said.facts}
    if kind not in (Kind.NO_ACTION, Kind.RESTORE):
        wanted |= {
            "ground": said.ground,
            "clause": said.clause,
            "territory": said.territory,
            "redress": said.redress,
        }
    for name, words in wanted.items():
        if not words.strip():
            sentence = "Whom it touches is owed complete reasons: this is missing."
            raise Problem("statement-missing", sentence, field=name)
    for name, most in LONGEST.items():
        bench.require_short(getattr(said, name).strip(), most, field=name)
    if said.days is not None and not 1 <= said.days <= DAYS_MOST:
        raise Problem("invalid-days", f"Say 1 to {DAYS_MOST} days, or none.", field="days")


def span_of(scope: str, row: Any, said: Statement) -> tuple[int | None, int | None]:
    """Return from where to where a moment goes; nothing else has one. Raises Problem."""
    if scope != Scope.MOMENT:
        if said.span:
            raise Problem("no-such-effect", "Only a moment has a beginning and an end.")
        return None, None
    if said.span is None or not 0 <= said.span[0] < said.span[1]:
        sentence = "Say from where to where: the end comes after the beginning."
        raise Problem("span-missing", sentence, field="until")
    facts = getattr(row.media.asset, "facts", None)
    if facts and said.span[0] >= facts.duration_ms:
        raise Problem("span-missing", "It begins after the piece has ended.", field="at")
    return said.span


def title_of(scope: str, row: Any, span: tuple[int, int] | None) -> str:
    """Return what is decided about, with its moment."""
    title = things.title_of(things.KINDS[scope], row)
    if span is None:
        return title
    behind = f", {_clock(span[0])}–{_clock(span[1])}"
    return title[: things.TITLE_CHARS - len(behind)] + behind


def _clock(ms: int) -> str:
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"


def until_of(days: int | None) -> datetime | None:
    """Return until when it lasts; None: until it is undone."""
    return timezone.now() + timedelta(days=days) if days else None
