"""What accounts give the machine to do: messages by e-mail."""

import json
import smtplib
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives

from config.lib import kept_pages
from config.lib.cipher import Unreadable, unseal
from config.lib.kept import Rule, forget_rows, register_rule
from media_pipeline.events.rounds import register_reader
from media_pipeline.jobs.errors import Permanent, Transient
from media_pipeline.jobs.services import ending
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Event
from social.accounts.services.mails import KIND
from social.events import (
    PERSON_BANNED,
    PERSON_LEAVING,
    PERSON_LEFT,
    PERSON_STAYS,
    PERSON_UNBANNED,
)
from social.models import ApiToken

SECONDS = 120
TOKENS_KEPT = timedelta(days=90)
CHANGES = (PERSON_BANNED, PERSON_UNBANNED, PERSON_LEAVING, PERSON_STAYS, PERSON_LEFT)
# A whole statement of reasons in four-byte letters, sealed: 32 KB.
PAYLOAD_BYTES = 64 * 1024
LATER = "The mail server did not take the message."


def _send(lease: Lease) -> None:
    try:
        words = json.loads(unseal(lease.job.payload["sealed"]))
    except Unreadable as error:
        raise Permanent("unreadable", "The key of this message is gone.") from error
    alternatives = words.pop("alternatives")
    message = EmailMultiAlternatives(**words)
    for content, kind in alternatives:
        message.attach_alternative(content, kind)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        raise _refusal(max(code for code, _ in error.recipients.values())) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code) from error
    except OSError as error:  # nobody there, too slow, or hung up: smtplib's own are of it as well
        raise Transient("mail-away", LATER) from error
    ending.done(lease, payload={})


def _refusal(code: int) -> Exception:
    """Return what a reply means: 5yz is for good, all else passes (RFC 5321, 4.2.1)."""
    if code >= 500:
        return Permanent("mail-refused", f"The mail server refused the message ({code}).")
    return Transient("mail-later", LATER)


def _forget(event: Event) -> None:
    """Forget the kept pages of a person, should the deed have died before it could."""
    kept_pages.forget(f"person:{event.subject.partition(':')[2]}", "latest")


def _forget_tokens(now: datetime, most: int) -> int:
    """Forget keys that were revoked long ago."""
    return forget_rows(ApiToken.objects.filter(revoked_at__lt=now - TOKENS_KEPT), most)


def register_all() -> None:
    """Let the machine know. Eight tries take some two hours."""
    register_reader(
        "pages-of-people", _forget, "Forgets kept pages of closed accounts", kinds=CHANGES
    )
    sentence = "Keys of programs are forgotten 90 days after they were revoked."
    register_rule(Rule("api-tokens", ("social.ApiToken",), sentence, _forget_tokens))
    register(
        Kind(
            KIND,
            "general",
            _send,
            "Sends a message by e-mail",
            SECONDS,
            payload_bytes=PAYLOAD_BYTES,
        )
    )
