"""A forgotten password: a real message over a real SMTP server, and the link in it."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from tests.factories.social import PASSWORD, UserFactory
from tests.sites import free_port

pytestmark = pytest.mark.django_db
URL = "/accounts/password/reset/"
NEW = "nine lanterns at sea"


class Postbox:
    """Keeps every message that arrives."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take one message."""
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"


@pytest.fixture
def post(settings: Any) -> Iterator[list[EmailMessage]]:
    """An SMTP server that the site sends through; what it has received."""
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield box.messages
    server.stop()


def link_in(message: EmailMessage) -> str:
    """Return the path of the link in a message."""
    found = re.search(r"http://testserver(/\S+)", message.get_content())
    assert found
    return found[1]


def test_the_link_in_the_message_sets_a_new_password(
    client: Client, post: list[EmailMessage]
) -> None:
    person = UserFactory(handle="mira")
    assert client.post(URL, {"email": person.email})["Location"] == f"{URL}done/"
    (message,) = post
    assert message["To"] == person.email
    assert "nexus" in str(message["From"])
    form = client.get(link_in(message), follow=True)
    assert form.status_code == 200
    done = client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert done.status_code == 302
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert not person.check_password(PASSWORD)


def test_a_link_works_once(client: Client, post: list[EmailMessage]) -> None:
    person = UserFactory()
    client.post(URL, {"email": person.email})
    link = link_in(post[0])
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    again = Client().get(link, follow=True)
    assert "password1" not in again.content.decode()


def test_an_unknown_address_gets_the_same_answer(client: Client, post: list[EmailMessage]) -> None:
    UserFactory(email="known@example.org")
    known = client.post(URL, {"email": "known@example.org"})
    unknown = client.post(URL, {"email": "unknown@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_a_banned_person_gets_no_way_back_in(client: Client, post: list[EmailMessage]) -> None:
    person = UserFactory(is_banned=True)
    client.post(URL, {"email": person.email})
    assert not any("/reset/key/" in message.get_content() for message in post)
