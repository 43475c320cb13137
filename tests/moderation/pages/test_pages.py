"""The terms and the contact are the operator's to write; every version of the terms stays."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.lib.problems import Problem
from media_pipeline.models import Event, SealedEntry
from moderation.models import PageText
from moderation.pages import checks
from moderation.pages.selectors import along
from moderation.pages.services import publish
from social.models import User
from tests.factories.moderation import member_of
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/moderation/pagetext/add/"
OWN = "# Our house\n\nBe **kind**."
CONTACT = "Ada Lovelace, 1 Ring, London. ada@music.example, in English."


@pytest.fixture
def editor() -> User:
    return member_of("editor")


@pytest.fixture
def writing(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def test_the_terms_that_come_along_say_all_that_is_owed(client: Client) -> None:
    page = client.get("/terms/").text
    for said in (
        "What is not allowed",
        "How you report something",
        "One rule of this house does hold something until a person has looked at it",
        "new uploads of an account with 3 strikes within 90 days",
        "For six months you can appeal",
        "outside its section 3",
        "legal advice",
        'href="/transparency/"',
        'href="/report/"',
    ):
        assert said in page, said
    assert "{%" not in page
    assert "[your " not in page


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "the first piece of a new account before everybody can hear it"),
        (3, "the first 3 pieces"),
    ],
)
def test_the_terms_say_that_a_house_holds_the_first_pieces(
    settings: Any, client: Client, count: int, said: str
) -> None:
    settings.NEXUS_HOLD_FIRST_UPLOADS = count
    assert said in (page := client.get("/terms/").text)
    assert "One rule of this house" not in page
    assert "closes anything by itself" not in page


def test_who_has_not_said_how_to_be_reached_is_told_so(client: Client, editor: User) -> None:
    page = client.get("/contact/").text
    assert "has not said yet how to reach them" in page
    assert "[your " not in page
    assert "does not say yet" in checks.contact()
    publish(page="contact", words=CONTACT, by=editor, after=0)
    page = client.get("/contact/").text
    assert "1 Ring, London" in page
    assert "has not said" not in page
    assert "says how you are reached" in checks.contact()


def test_a_new_version_holds_at_once_and_earlier_ones_stay(client: Client, editor: User) -> None:
    client.get("/terms/")
    publish(page="terms", words=OWN, by=editor, after=0)
    publish(page="terms", words="Be kinder.", by=editor, after=1)
    page = client.get("/terms/").text
    assert "Be kinder." in page
    assert "Version 2" in page
    assert 'href="/terms/1/"' in page
    former = client.get("/terms/1/").text
    assert "<strong>kind</strong>" in former
    assert "earlier version" in former
    assert 'content="noindex"' in former
    for nothing in ("/terms/3/", "/terms/0/", "/terms/99999999999999999999/", "/terms/x/"):
        assert client.get(nothing).status_code == 404
    assert Event.objects.filter(kind="page.changed", audience="public").count() == 2
    sealed = SealedEntry.objects.filter(kind="page.changed").order_by("id")
    assert [entry.data for entry in sealed] == [
        {"page": "terms", "number": 1},
        {"page": "terms", "number": 2},
    ]


def test_programs_read_both(client: Client, editor: User) -> None:
    told = client.get("/api/v1/pages/terms/").json()
    assert (told["number"], told["changed_at"]) == (0, None)
    publish(page="contact", words=CONTACT, by=editor, after=0)
    told = client.get("/api/v1/pages/contact/").json()
    assert (told["page"], told["number"], told["words"]) == ("contact", 1, CONTACT)


def test_an_editor_begins_with_what_stands_there(writing: Client, editor: User) -> None:
    assert "1 Ring" not in writing.get(f"{ADD}?page=contact").text
    assert "Put your own words where" in writing.get(f"{ADD}?page=contact").text
    sent = {"page": "contact", "words": CONTACT, "after": 0}
    assert writing.post(f"{ADD}?page=contact", sent).status_code == 302
    row = PageText.objects.get()
    assert (row.number, row.words, row.by) == (1, CONTACT, editor)
    assert "1 Ring" in writing.get(f"{ADD}?page=contact").text
    listed = writing.get("/admin/moderation/pagetext/").text
    assert "Contact, version 1" in listed
    assert f"{ADD}?page=terms" in listed
    shown = writing.get(f"/admin/moderation/pagetext/{row.pk}/change/")
    assert shown.status_code == 200
    assert writing.post(f"/admin/moderation/pagetext/{row.pk}/change/", sent).status_code == 403


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"words": "Mine.", "after": 0}, "Somebody has changed this page meanwhile"),
        ({"words": OWN, "after": 1}, "This is what the page says already"),
        ({"words": "By [your name].", "after": 1}, "Put your own words"),
        ({"words": " \n", "after": 1}, "required"),
        ({"words": "\0", "after": 1}, "Null characters"),
        ({"words": "a" * 60_001, "after": 1}, "at most 60000"),
        ({"words": "Mine.", "after": "x"}, "whole number"),
    ],
)
def test_what_is_refused_keeps_its_words(
    writing: Client, editor: User, words: dict[str, Any], sentence: str
) -> None:
    publish(page="terms", words=OWN, by=editor, after=0)
    answer = writing.post(f"{ADD}?page=terms", {"page": "terms"} | words)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert PageText.objects.count() == 1


def test_only_editors_write(client: Client) -> None:
    for other in (UserFactory.create(), member_of("moderator"), member_of("finance")):
        with pytest.raises(Problem, match="Only editors"):
            publish(page="terms", words=OWN, by=other, after=0)
        client.force_login(other)
        assert client.post(ADD, {"page": "terms", "words": OWN, "after": 0}).status_code in {
            302,
            403,
        }
    assert not PageText.objects.exists()


def test_one_version_of_a_number(editor: User) -> None:
    publish(page="terms", words=OWN, by=editor, after=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        PageText.objects.create(page="terms", number=1, words="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        PageText.objects.create(page="terms", number=2, words=" ")


def test_scripts_of_an_editor_do_not_run(client: Client, editor: User) -> None:
    words = "<script>alert(1)</script>\n\n[a](javascript:alert(2))"
    publish(page="terms", words=words, by=editor, after=0)
    page = client.get("/terms/").text
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


def test_a_page_asks_little(client: Client, editor: User) -> None:
    for number in range(5):
        publish(page="terms", words=f"{OWN} {number}", by=editor, after=number)
    with CaptureQueriesContext(connection) as asked:
        client.get("/terms/")
    assert len(asked) == 2


def test_every_page_leads_there(client: Client) -> None:
    for page in ("/", "/accounts/login/", "/docs/kept/", "/none/", "/terms/"):
        found = client.get(page).text
        foot = found[found.index("<footer") :]
        for place in ("/terms/", "/contact/", "/report/", "/transparency/"):
            assert f'href="{place}"' in foot, (page, place)


def test_the_terms_need_no_gap_filled() -> None:
    assert "[your " not in along("terms")
    assert "[your " in along("contact")
