"""Messages are sent by a worker: sealed while they wait, again when that can help."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from media_pipeline.jobs.services.kinds import PAYLOAD_BYTES
from media_pipeline.models import Job
from social.accounts.services import mails
from tests.factories.social import UserFactory
from tests.jobs import do_jobs
from tests.mail import Postbox
from tests.sites import free_port

pytestmark = pytest.mark.django_db

Replies = list[str]


class Moody(Postbox):
    """Answers with the next of its replies, then takes what comes."""

    def __init__(self) -> None:
        super().__init__()
        self.replies: Replies = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Refuse, or take one message."""
        if self.replies:
            return self.replies.pop(0)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def post(settings: Any) -> Iterator[Moody]:
    """An SMTP server that the site sends through."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with Moody.open() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box  # type: ignore[misc]


def written() -> Job:
    message = EmailMultiAlternatives("Hello", "The link: https://a.example/key", to=["ada@x.org"])
    message.attach_alternative("<p>The link</p>", "text/html")
    mails.send_later(message)
    return Job.objects.get(kind=mails.KIND)


def test_a_message_waits_sealed_and_is_forgotten_when_it_is_sent(post: Moody) -> None:
    job = written()
    assert not any(word in str(job.payload) for word in ("Hello", "ada@x.org", "a.example"))
    assert do_jobs() == 1
    (message,) = post.messages
    assert (message["To"], message["Subject"]) == ("ada@x.org", "Hello")
    assert message["Message-ID"]
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    job.refresh_from_db()
    assert (job.state, job.payload) == ("succeeded", {})


@pytest.mark.parametrize(
    ("reply", "state", "code"),
    [
        ("550 no such mailbox", "failed", "mail-refused"),
        ("451 greylisted", "pending", "mail-later"),
    ],
)
def test_what_the_server_says_decides(post: Moody, reply: str, state: str, code: str) -> None:
    post.replies = [reply]
    job = written()
    do_jobs()
    job.refresh_from_db()
    assert (job.state, job.error_code) == (state, code)
    assert post.messages == []


def test_a_server_that_is_away_costs_time_and_no_message(settings: Any, client: Client) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    person = UserFactory.create()
    assert client.post("/accounts/password/reset/", {"email": person.email}).status_code == 302
    do_jobs()
    job = Job.objects.get()
    assert (job.state, job.error_code) == ("pending", "mail-away")
    with_box = Moody()
    server = Controller(with_box, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    try:
        Job.objects.update(run_after=timezone.now() - timedelta(seconds=1))
        do_jobs()
    finally:
        server.stop()
    assert [message["To"] for message in with_box.messages] == [person.email]


def test_the_longest_message_fits(client: Client, settings: Any) -> None:
    settings.SITE_NAME = "A rather long name of a site " * 3
    email = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.example.org"
    UserFactory.create(email=email)
    client.post("/accounts/password/reset/", {"email": email})
    (sealed,) = Job.objects.values_list("payload__sealed", flat=True)
    assert len(sealed) < PAYLOAD_BYTES - 800


def test_without_a_server_a_message_is_printed(mailoutbox: list[EmailMessage]) -> None:
    written()
    do_jobs()
    assert [message.subject for message in mailoutbox] == ["Hello"]
