"""What a talk looks like to whom it is with."""

from typing import Any

from config.lib.markdown import to_html
from moderation.models import Talk
from moderation.talks.services import IN_A_ROW


def told(talk: Talk) -> dict[str, Any]:
    """Return what a page shows of a talk, which must come from `with_messages`."""
    said = talk.said  # type: ignore[attr-defined]
    return {
        "talk": talk,
        "said": [lines(message) for message in said],
        "may_answer": any(message.by_moderators for message in said[-IN_A_ROW:]),
    }


def lines(message: Any) -> dict[str, Any]:
    """Return one message; who of the moderators it was, only the desk shows."""
    return {"row": message, "html": to_html(message.words)}
