"""How somebody has shown who they are, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import ID, TIME, maybe, moment, one_of, row, text
from config.lib.kept import Section, register_section
from moderation.models import Verification
from social.models import User

WORDS = ("method", "subject", "words", "code", "state", "answer", "evidence", "name")
TIMES = ("created_at", "checked_at", "verified_at", "until", "ended_at")
SCHEMA = row(
    "A way in which you have shown who you are",
    id=ID,
    method=one_of(*Verification.Method.values),
    subject=text(200),
    words=text(2000),
    code=text(22),
    state=one_of(*Verification.State.values),
    answer=text(500),
    evidence=text(2000),
    name=text(80),
    created_at=TIME,
    checked_at=maybe(TIME),
    verified_at=maybe(TIME),
    until=maybe(TIME),
    ended_at=maybe(TIME),
)


def _rows(person: User) -> Iterator[dict[str, Any]]:
    for one in Verification.objects.filter(person=person).order_by("pk").iterator():
        words = {name: getattr(one, name) for name in WORDS}
        yield {"id": str(one.pk), **words, **{name: moment(getattr(one, name)) for name in TIMES}}


def register_all() -> None:
    """Say what goes along of it."""
    sentence = "How you have shown who you are: domains, pages, and what was found there."
    register_section(Section("verifications", sentence, SCHEMA, _rows))
