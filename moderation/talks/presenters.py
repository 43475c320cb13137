"""What a talk looks like to whom it is with."""

from typing import Any

from django.template.loader import render_to_string

from config.lib.markdown import to_html
from moderation.models import Case, Talk
from moderation.talks.selectors import talks_of
from moderation.talks.services import IN_A_ROW


def told(talk: Talk) -> dict[str, Any]:
    """Return what a page shows of a talk, which must come from `with_messages`."""
    said = talk.said  # type: ignore[attr-defined]
    return {
        "talk": talk,
        "lines": [lines(message) for message in said],  # `messages` are the page's own
        "may_answer": any(message.by_moderators for message in said[-IN_A_ROW:]),
    }


def lines(message: Any) -> dict[str, Any]:
    """Return one message; who of the moderators it was, only the desk shows."""
    return {"row": message, "html": to_html(message.words)}


def word_to_side(talk: Talk | None) -> dict[str, Any]:
    """Return what a socket tells one side: all lines as its page has them, and whose turn it is."""
    if talk is None:
        return {"lines": "", "may_answer": False}
    words = told(talk)
    html = render_to_string("moderation/talks/_lines.html", words)
    return {"lines": html, "may_answer": words["may_answer"]}


def word_to_moderators(case: Case) -> dict[str, Any]:
    """Return what a socket tells moderators: the lines of each talk of a case, by its place."""
    found = {}
    for talk in talks_of(case):
        who = "The reporter" if talk.report_id else case.person
        said = [lines(one) for one in talk.said]  # type: ignore[attr-defined]
        html = render_to_string("moderation/talks/_lines_at_desk.html", {"lines": said, "who": who})
        found[str(talk.report_id or "person")] = html
    return {"talks": found}
