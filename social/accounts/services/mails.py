"""Messages by e-mail, which no visitor waits for."""

import json
from email.utils import make_msgid

from django.core.mail import EmailMultiAlternatives

from config.lib import origins
from config.lib.cipher import seal
from config.lib.ids import uuid7
from media_pipeline.jobs.services import jobs
from social.models import User

KIND = "send-mail"


def send_later(message: EmailMultiAlternatives) -> None:
    """Send a message once the current transaction has committed.

    It is kept sealed, as there are links in it that let people in, and only until it is sent. One
    that is sent twice, since a worker died at the wrong moment, has the same Message-ID.
    """
    name = origins.home().partition("://")[2].partition(":")[0]
    words = {
        "subject": message.subject,
        "body": message.body,
        "from_email": message.from_email,
        "to": message.to,
        "headers": {"Message-ID": make_msgid(domain=name)} | message.extra_headers,
        "alternatives": [[str(content), str(kind)] for content, kind in message.alternatives],
    }
    people = User.objects.filter(email__in=message.to)[:2]
    jobs.enqueue(
        KIND,
        subject=people[0] if len(people) == 1 else None,  # it goes with whom it is for
        payload={"sealed": seal(json.dumps(words, ensure_ascii=False))},
        key=str(uuid7()),
    )
