"""Writing to one side of a case, and its answers. Neither side ever sees the other's talk."""

from django.db import transaction

from config.lib import limits, live
from config.lib.problems import Problem
from media_pipeline.events.services import MODERATORS, OWNER, tell
from moderation.cases import rules as bench
from moderation.cases.services import locked, seal
from moderation.events import TALK_ANSWERED, TALK_WRITTEN
from moderation.models import Case, Message, Report, Talk
from moderation.models.talk import MESSAGE_CHARS
from moderation.talks.letters import send_letter
from social.models import User

TALKED = "talk.changed"
# So many in a row, and then it is the moderators' turn: a talk is no place to flood.
IN_A_ROW = 5


@transaction.atomic
def write(*, case: Case, by: User, words: str, report: Report | None = None) -> Message:
    """Write to the person a case is about, or to whoever made this report of it.

    Which moderator it was is not told. Raises Problem `not-a-moderator`, `own-content`,
    `nobody-there`, `words-missing`, `words-too-long`.
    """
    found = locked(case)
    bench.require_decider(by, found)
    words = _checked(words)
    person = report.reporter if report else found.person
    if report is None and (person is None or person.is_gone):
        raise Problem("nobody-there", "Nobody with an account is behind this.", status=409)
    if report is not None and report.case_id != found.pk:
        raise Problem("not-found", "This report is of another case.", status=404)
    if report is not None and report.reporter_id == by.pk:
        raise Problem("own-content", "This is a report of your own.", status=403)
    talk, _ = Talk.objects.get_or_create(case=found, report=report, defaults={"person": person})
    made: Message = Message.objects.create(talk=talk, by_moderators=True, moderator=by, words=words)
    Talk.objects.filter(pk=talk.pk).update(waits=False)
    seal("talk.written", found, by, message=str(made.pk))
    tell(TALK_WRITTEN, of=made, audience=OWNER, case=found.pk)
    send_letter(made)
    _announce(talk)
    return made


@transaction.atomic
def answer(*, talk: Talk, words: str) -> Message:
    """Answer the moderators; the entrance has made sure that it is whom they wrote to.

    Raises Problem `words-missing`, `words-too-long`, `too-many`, `their-turn`.
    """
    words = _checked(words)
    row = Talk.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    last = row.messages.order_by("-pk").values_list("by_moderators", flat=True)[:IN_A_ROW]
    if not any(last):
        sentence = "We have your messages. Wait for our answer before you write more."
        raise Problem("their-turn", sentence, status=409)
    limits.spend("talk", row.pk)
    made: Message = Message.objects.create(talk=row, by_moderators=False, words=words)
    row.waits = True
    row.save(update_fields=["waits"])
    tell(TALK_ANSWERED, of=made, audience=MODERATORS, case=row.case_id)
    _announce(row)
    return made


@transaction.atomic
def put_aside(*, talk: Talk, by: User) -> None:
    """Say that an answer needs none in turn. Raises Problem `not-a-moderator`, `own-content`."""
    case = locked(talk.case)
    bench.require_decider(by, case)
    if Talk.objects.filter(pk=talk.pk, waits=True).update(waits=False):
        seal("talk.put_aside", case, by, talk=str(talk.pk))


def group_of_side(*, talk: Talk | None = None, report: Report | None = None) -> str:
    """Return the group of the sockets of one side; whoever reported has one before any talk."""
    if report:
        return f"talk-of-report-{report.pk}"
    assert talk is not None  # noqa: S101 - a side is one or the other
    return f"talk-of-report-{talk.report_id}" if talk.report_id else f"talk-{talk.pk}"


def group_of_case(case: object) -> str:
    """Return the group of the sockets of moderators who look at a case (its id)."""
    return f"talks-of-case-{case}"


def _announce(talk: Talk) -> None:
    """Let the pages of this side, and those of moderators, look at the rows again on commit."""
    groups = (group_of_side(talk=talk), group_of_case(talk.case_id))

    def say() -> None:
        for group in groups:
            live.announce(group, TALKED)

    transaction.on_commit(say)


def _checked(words: str) -> str:
    words = words.strip()
    if not words:
        raise Problem("words-missing", "Write something first.", field="text")
    if len(words) > MESSAGE_CHARS:
        sentence = f"Say it in at most {MESSAGE_CHARS} characters."
        raise Problem("words-too-long", sentence, field="text")
    return words
