"""Strikes against somebody, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import ID, TIME, YES_OR_NO, maybe, moment, one_of, row, text
from config.lib.kept import Section, register_section
from moderation.models import Decision
from moderation.strikes.selectors import strikes_of
from social.models import User

SCHEMA = row(
    "A decision that counts, or counted, as a strike against you",
    id=ID,
    decision=ID,
    title=text(200),
    source=one_of(*Decision.Source.values),
    by_notice=YES_OR_NO,
    state=one_of("counts", "withdrawn", "expired"),
    created_at=TIME,
    counts_until=TIME,
    withdrawn_at=maybe(TIME),
    why_withdrawn=text(1000),
)


def _rows(person: User) -> Iterator[dict[str, Any]]:
    for strike in strikes_of(person).iterator():
        yield {
            "id": str(strike.pk),
            "decision": str(strike.decision_id),
            "title": strike.decision.title,
            "source": strike.decision.source,
            "by_notice": strike.report_id is not None,
            "state": strike.state,
            "created_at": moment(strike.created_at),
            "counts_until": moment(strike.counts_until),
            "withdrawn_at": moment(strike.withdrawn_at),
            "why_withdrawn": strike.why_withdrawn,
        }


def register_all() -> None:
    """Say what goes along of strikes."""
    sentence = "Decisions that count, or counted, as strikes against you."
    register_section(Section("strikes", sentence, SCHEMA, _rows))
