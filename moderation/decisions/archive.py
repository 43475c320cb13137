"""Decisions about somebody’s things, and their appeals, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib import archive
from config.lib.archive import COUNT, ID, TIME, YES_OR_NO, maybe, moment, one_of, text
from config.lib.kept import Section, register_section
from moderation.decisions.presenters import appeal_of, state_of
from moderation.decisions.selectors import decisions_of
from moderation.models import Decision, Scope
from social.models import User

APPEAL = archive.thing(
    words=text(4000), created_at=TIME, answer=text(4000), answered_at=maybe(TIME)
)
SCHEMA = archive.row(
    "A decision of a moderator about something of yours, with its reasons",
    id=ID,
    kind=one_of(*Decision.Kind.values),
    scope=one_of(*Scope.values),
    target=ID,
    title=text(200),
    at_ms=maybe(COUNT),
    until_ms=maybe(COUNT),
    facts=text(4000),
    source=one_of(*Decision.Source.values),
    ground=one_of("", *Decision.Ground.values),
    clause=text(300),
    territory=text(100),
    until=maybe(TIME),
    automated=YES_OR_NO,
    redress=text(1000),
    state=one_of("in-force", "undone", "over", "said"),
    undoes=maybe(ID),
    created_at=TIME,
    appeal=maybe(APPEAL),
)


def _rows(person: User) -> Iterator[dict[str, Any]]:
    for row in decisions_of(person):
        appeal = appeal_of(row)
        yield {
            "id": str(row.pk),
            "kind": row.kind,
            "scope": row.scope,
            "target": str(row.target_id),
            "title": row.title,
            "at_ms": row.at_ms,
            "until_ms": row.until_ms,
            "facts": row.facts,
            "source": row.source,
            "ground": row.ground,
            "clause": row.clause,
            "territory": row.territory,
            "until": moment(row.until),
            "automated": row.automated,
            "redress": row.redress,
            "state": state_of(row),
            "undoes": str(row.undoes_id) if row.undoes_id else None,
            "created_at": moment(row.created_at),
            "appeal": {
                "words": appeal.words,
                "created_at": moment(appeal.created_at),
                "answer": appeal.answer,
                "answered_at": moment(appeal.answered_at),
            }
            if appeal
            else None,
        }


def register_all() -> None:
    """Say what goes along of decisions."""
    sentence = "What moderators have decided about something of yours, and your appeals."
    register_section(Section("decisions", sentence, SCHEMA, _rows))
