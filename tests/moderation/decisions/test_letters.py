"""Letters of decisions and of answers, as a real mail server gets them."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from moderation.appeals import services as appeals
from moderation.decisions import services
from moderation.models import Decision
from tests.factories.moderation import REASONS, decide, make_report, moderator
from tests.factories.notes import NoteFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import do_jobs
from tests.mail import Postbox

pytestmark = pytest.mark.django_db
SECRET = "the words of whoever reported it"
TURNED = "\u202eevil\u202c\r\nBcc: all@x.example\u2028X: y"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def post(settings: Any) -> Iterator[Postbox]:
    """A mail server on this machine that the site sends through."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.SITE_ORIGINS = ["https://music.example"]
    with Postbox.open() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box


def newest(box: Postbox) -> tuple[EmailMessage, str]:
    """Send what waits; return the newest letter and its words, which are plain text alone."""
    do_jobs()
    letter = box.messages[-1]
    assert letter.get_content_type() == "text/plain"
    assert letter["Message-ID"]
    assert letter["From"]
    assert not letter["Bcc"]
    return letter, letter.get_content()


def opened(words: str) -> str:
    """Follow the letter's link as somebody who is not signed in; return the page."""
    (link,) = [line for line in words.splitlines() if "/decisions/" in line]
    assert link.startswith("https://music.example/decisions/")
    answer = Client().get(urlsplit(link).path)
    assert answer.status_code == 200
    return str(answer.text)


def test_a_decision_is_sent_with_its_whole_statement(post: Postbox) -> None:
    by, reporter = (
        moderator(display_name="Judge Jo"),
        UserFactory.create(display_name="Reporter Ro"),
    )
    track = PublicTrackFactory.create(title="Łoud & <proud>")
    make_report(track, words=SECRET, reporter=reporter)
    made = decide(track, "hide", by=by, statement=replace(REASONS, days=7, automated=True))
    letter, words = newest(post)
    assert letter["To"] == track.owner.email
    assert letter["Subject"] == "A decision about “Łoud & <proud>”"
    for said in (
        f"Hello {track.owner.name}",
        "Łoud & <proud>",
        "What: Closed to everybody but you",
        "At 0:42 it calls for violence.",
        "Terms of use: hate",
        "Everywhere",
        f"until {made.until:%-d %B %Y, %H:%M} UTC",
        "A machine took part in it.",
        "You can appeal here within six months, free of charge",
    ):
        assert said in words, said
    for private in (SECRET, "Judge Jo", by.handle, "Reporter Ro", reporter.handle, str(by.pk)):
        assert private not in words, private
        assert private not in str(letter["From"]) + str(letter["Reply-To"])
    page = opened(words)
    assert "At 0:42 it calls for violence." in page
    assert 'name="text"' in page, "the way to appeal"


def test_an_answer_and_what_is_open_again_are_sent(post: Postbox) -> None:
    made = decide(PublicTrackFactory.create(title="Loud"), "hide")
    appeal = appeals.appeal(decision=made, text="It quotes.")
    appeals.grant(appeal=appeal, by=moderator(), words="You are right: it quotes.")
    letter, words = newest(post)
    subjects = {one["Subject"] for one in post.messages}
    assert subjects == {"A decision about “Loud”", "Open again: “Loud”", "Your appeal about “Loud”"}
    answer = next(one for one in post.messages if one["Subject"].startswith("Your appeal"))
    words = answer.get_content()
    assert "The decision was undone." in words
    assert "You are right: it quotes." in words
    assert "out-of-court" in words
    opened(words)
    other = decide(PublicTrackFactory.create(title="Soft"), "warn")
    upheld = appeals.appeal(decision=other, text="Why?")
    appeals.uphold(appeal=upheld, by=moderator(), words="It stands.")
    do_jobs()
    answer = next(one for one in post.messages if one["Subject"] == "Your appeal about “Soft”")
    assert "The decision stands." in answer.get_content()
    assert letter is not answer


def test_one_who_is_banned_gets_it_and_opens_it(post: Postbox) -> None:
    person = UserFactory.create()
    decide(person, "ban", "person")
    letter, words = newest(post)
    assert letter["To"] == person.email
    assert "Appeal" in opened(words)


@pytest.mark.parametrize("kind", ["hide", "warn"])
def test_a_title_adds_no_header_and_turns_no_line_around(post: Postbox, kind: str) -> None:
    track = PublicTrackFactory.create()
    type(track).objects.filter(pk=track.pk).update(title=TURNED)
    track.refresh_from_db()
    decide(track, kind)
    letter, words = newest(post)
    assert "\n" not in letter["Subject"]
    assert "“evil Bcc: all@x.example X: y”" in letter["Subject"]
    assert not {name.lower() for name in letter.keys()} & {"bcc", "x", "cc"}  # noqa: SIM118
    assert "\u202e" not in words
    assert "\nBcc" not in words


def test_a_note_is_named_by_its_words_on_one_line(post: Postbox) -> None:
    note = NoteFactory.create(
        version=PublicTrackFactory.create().primary_version, body_md=f"# Hm\n\n{TURNED}"
    )
    decide(note, "remove", "note")
    letter, words = newest(post)
    assert letter["To"] == note.user.email
    assert "\u202e" not in letter["Subject"] + words


def test_nothing_done_and_nobody_with_an_address_mean_no_letter(post: Postbox) -> None:
    decide(PublicTrackFactory.create(), "no_action")
    track = PublicTrackFactory.create()
    type(track.owner).objects.filter(pk=track.owner_id).update(email="")
    track.owner.refresh_from_db()
    decide(track, "hide")
    do_jobs()
    assert post.messages == []
    assert Decision.objects.count() == 2


def test_what_is_rolled_back_sends_nothing(post: Postbox) -> None:
    made = decide(PublicTrackFactory.create(), "hide")
    do_jobs()
    sent = len(post.messages)
    services.restore(decision=made, by=moderator(), facts="No.")
    do_jobs()
    assert len(post.messages) == sent + 1
