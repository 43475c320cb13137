"""A forgotten password: a real message over a real SMTP server, and the link in it."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client

from config.lib import origins
from tests.factories import moderation as judges
from tests.factories.social import PASSWORD, UserFactory
from tests.jobs import do_jobs
from tests.mail import Postbox

pytestmark = pytest.mark.django_db
URL = "/accounts/password/reset/"
NEW = "nine lanterns at sea"


@pytest.fixture
def post(settings: Any) -> Iterator[list[EmailMessage]]:
    """An SMTP server that the site sends through; what it has received."""
    with Postbox.open() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box.messages


def ask(client: Client, email: str) -> Any:
    """Ask for a link, and let the machine send what there is to send."""
    answer = client.post(URL, {"email": email})
    do_jobs()
    return answer


def link_in(message: EmailMessage) -> str:
    """Return the path of the link in a message: of the site's own origin, not of the request's."""
    found = re.search(rf"{re.escape(origins.home())}(/\S+)", message.get_content())
    assert found
    return found[1]


def test_the_link_in_the_message_sets_a_new_password(
    client: Client, post: list[EmailMessage]
) -> None:
    person = UserFactory(handle="mira")
    assert ask(client, person.email)["Location"] == f"{URL}done/"
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
    ask(client, person.email)
    link = link_in(post[0])
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    again = Client().get(link, follow=True)
    assert "password1" not in again.content.decode()


def test_an_unknown_address_gets_the_same_answer(client: Client, post: list[EmailMessage]) -> None:
    UserFactory(email="known@example.org")
    known = ask(client, "known@example.org")
    unknown = ask(client, "unknown@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_a_banned_person_gets_no_way_back_in(client: Client, post: list[EmailMessage]) -> None:
    person = judges.banned()
    ask(client, person.email)
    assert not any("/reset/key/" in message.get_content() for message in post)
