"""The letter that tells somebody that a decision counts as a strike, and what that means."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from config.lib import origins
from moderation.models import Strike
from moderation.models.strike import POLICY
from social.accounts.services.mails import send_later


def send_letter(strike: Strike) -> None:
    """Tell who has an address, with the decision on which to appeal."""
    person, decision = strike.person, strike.decision
    if not person.email:
        return
    words = {
        "strike": strike,
        "person": person,
        "policy": POLICY,
        "site_name": settings.SITE_NAME,
        "address": origins.home() + decision.get_absolute_url(),
        "rules": origins.home() + reverse("repeat-infringers"),
    }
    subject = " ".join(f"A strike: “{decision.title}”".split())
    body = render_to_string("moderation/strikes/letter.txt", words)
    send_later(EmailMultiAlternatives(subject, body, to=[person.email]))
