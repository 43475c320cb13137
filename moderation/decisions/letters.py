"""The letter that tells somebody what was decided about something of theirs, and why."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from config.lib import origins
from moderation.decisions.limited import reach_of
from moderation.models import Appeal, Decision
from social.accounts.services.mails import send_later

SUBJECTS = {Decision.Kind.RESTORE: "Open again: {}", Decision.Kind.WARN: "A warning: {}"}
ELSE = "A decision about {}"


def send_letter(decision: Decision) -> None:
    """Send the statement of reasons, with the page on which to appeal, to who has an address."""
    subject = SUBJECTS.get(Decision.Kind(decision.kind), ELSE).format(f"“{decision.title}”")
    _send(decision, subject, "moderation/decisions/letter.txt", {})


def send_answer(appeal: Appeal) -> None:
    """Send what an appeal was answered."""
    words: dict[str, object] = {"appeal": appeal}
    subject = f"Your appeal about “{appeal.decision.title}”"
    _send(appeal.decision, subject, "moderation/decisions/answer.txt", words)


def _send(decision: Decision, subject: str, template: str, words: dict[str, object]) -> None:
    person = decision.person
    if person is None or not person.email:
        return
    words |= {
        "decision": decision,
        "reach": reach_of(decision),
        "person": person,
        "site_name": settings.SITE_NAME,
        "address": origins.home() + decision.get_absolute_url(),
        "home": origins.home(),
    }
    line = " ".join(subject.split())
    send_later(EmailMultiAlternatives(line, render_to_string(template, words), to=[person.email]))
