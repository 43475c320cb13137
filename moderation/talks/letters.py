"""The letter that tells somebody with an account that moderators have written to them."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from config.lib import origins
from moderation.models import Message
from social.accounts.services.mails import send_later


def send_letter(message: Message) -> None:
    """Send a message with the page on which to answer; who has no address reads it there."""
    talk = message.talk
    person = talk.person
    if person is None or not person.email:
        return
    words = {
        "message": message,
        "talk": talk,
        "person": person,
        "site_name": settings.SITE_NAME,
        "address": origins.home() + talk.get_absolute_url(),
        "home": origins.home(),
    }
    subject = " ".join(f"A message about “{talk.case.title}”".split())
    body = render_to_string("moderation/talks/letter.txt", words)
    send_later(EmailMultiAlternatives(subject, body, to=[person.email]))
