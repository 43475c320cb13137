"""What somebody and moderators wrote to each other, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib import archive
from config.lib.archive import ID, TIME, YES_OR_NO, many, moment, one_of, text
from config.lib.kept import Section, register_section
from moderation.models import Scope
from moderation.models.talk import MESSAGE_CHARS
from moderation.talks.selectors import talks_with
from social.models import User

SCHEMA = archive.row(
    "A conversation with moderators",
    id=ID,
    scope=one_of(*Scope.values),
    target=ID,
    title=text(200),
    as_reporter=YES_OR_NO,
    messages=many(
        archive.thing(by_moderators=YES_OR_NO, words=text(MESSAGE_CHARS), created_at=TIME)
    ),
)


def _rows(person: User) -> Iterator[dict[str, Any]]:
    for talk in talks_with(person):
        said = [
            {
                "by_moderators": message.by_moderators,
                "words": message.words,
                "created_at": moment(message.created_at),
            }
            for message in talk.said
        ]
        yield {
            "id": str(talk.pk),
            "scope": talk.case.target,
            "target": str(talk.case.target_id),
            "title": talk.case.title,
            "as_reporter": talk.report_id is not None,
            "messages": said,
        }


def register_all() -> None:
    """Say what goes along of talks."""
    register_section(Section("talks", "What you and moderators wrote.", SCHEMA, _rows))
