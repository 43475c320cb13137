"""The letter that tells a reporter with an account that they were warned, muted or heard again."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from config.lib import origins
from moderation.models import Mute
from social.accounts.services.mails import send_later

SUBJECTS = {
    Mute.Kind.WARN: "A warning about your reports",
    Mute.Kind.MUTE: "Your reports are not looked at for a time",
    Mute.Kind.LIFT: "Your reports are looked at again",
}


def send_letter(mute: Mute) -> None:
    """Send the reasons to who has an address; others read them beside their report."""
    person, report = mute.person, mute.report
    if person is None or report is None or not person.email:
        return
    words = {
        "mute": mute,
        "person": person,
        "site_name": settings.SITE_NAME,
        "address": origins.home() + report.get_absolute_url(),
        "home": origins.home(),
    }
    body = render_to_string("moderation/mutes/letter.txt", words)
    send_later(EmailMultiAlternatives(SUBJECTS[Mute.Kind(mute.kind)], body, to=[person.email]))
