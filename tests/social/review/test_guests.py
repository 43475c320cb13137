"""People without an account: the name they write under, and the owner's last word."""

from typing import Any

import pytest
from django.test import Client

from config.lib.limits import LIMITS
from social.models import Note, ReviewGuest, ReviewLink, ReviewPolicy
from social.notes.services.notes import write
from social.review.services import guests
from social.review.services import links as review_links
from tests.factories.review import ReviewGuestFactory, ReviewLinkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> ReviewLink:
    """A living link to a private track."""
    return ReviewLinkFactory()


def enter(client: Client, link: ReviewLink, name: str = "Ana") -> Any:
    return client.post(f"/r/{link.token}/name/", {"name": name})


def room(link: ReviewLink) -> str:
    return f"/tracks/{link.track.pk}/notes/?token={link.token}"


def note(client: Client, link: ReviewLink, words: str = "Louder.") -> Any:
    return client.post(room(link), {"at": "0:05", "body_md": words})


def test_a_name_is_all_it_takes_to_write(client: Client, link: ReviewLink) -> None:
    note(client, link)
    assert not Note.objects.exists(), "without a name nobody writes"
    entered = enter(client, link, "  Ana\u202e\n B. ")
    assert entered["Location"] == f"/r/{link.token}/#notes"
    note(client, link)
    written = Note.objects.get()
    assert written.user is None
    assert written.guest.name == "Ana B."
    assert written.guest.link == link
    assert "You write as" in client.get(f"/r/{link.token}/").content.decode()


def test_a_name_belongs_to_one_browser_and_one_link(client: Client, link: ReviewLink) -> None:
    enter(client, link)
    note(Client(), link)
    other = ReviewLinkFactory()
    note(client, other)
    assert not Note.objects.exists()


def test_changing_the_name_makes_no_second_guest(client: Client, link: ReviewLink) -> None:
    enter(client, link, "Ana")
    enter(client, link, "Anna")
    assert [guest.name for guest in ReviewGuest.objects.all()] == ["Anna"]


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 81])
def test_a_name_can_be_read(client: Client, link: ReviewLink, name: str) -> None:
    refused = enter(client, link, name)
    assert refused.status_code == 422
    assert "field__error" in refused.content.decode()
    assert not ReviewGuest.objects.exists()


def test_a_name_is_shown_as_words(client: Client, link: ReviewLink) -> None:
    enter(client, link, "<b>Ana</b>")
    assert "&lt;b&gt;Ana&lt;/b&gt;" in client.get(f"/r/{link.token}/").content.decode()


def test_a_link_may_be_for_listening_only(client: Client) -> None:
    link = ReviewLinkFactory(may_comment=False)
    assert "Your name" not in client.get(f"/r/{link.token}/").content.decode()
    assert enter(client, link).status_code == 403
    assert not ReviewGuest.objects.exists()


def test_a_closed_room_is_closed_to_guests_too(client: Client, link: ReviewLink) -> None:
    enter(client, link)
    ReviewPolicy.objects.create(track=link.track, who="owner")
    note(client, link)
    assert not Note.objects.exists()


def test_names_are_not_made_by_the_hundred(client: Client, link: ReviewLink) -> None:
    for n in range(LIMITS["review-name"].most):
        assert enter(Client(), link, f"Ana {n}").status_code == 302
    refused = enter(Client(), link, "One more")
    assert refused.status_code == 429
    assert "Wait an hour" in refused.content.decode()
    assert ReviewGuest.objects.count() == LIMITS["review-name"].most


def test_a_link_has_so_many_guests(client: Client, link: ReviewLink) -> None:
    ReviewGuestFactory.create_batch(guests.GUESTS_MOST, link=link)
    assert enter(client, link).status_code == 409


@pytest.mark.parametrize("with_notes", [True, False])
def test_the_owner_removes_a_guest(client: Client, link: ReviewLink, with_notes: bool) -> None:
    enter(client, link)
    note(client, link, "Louder.")
    guest = ReviewGuest.objects.get()
    owner = Client()
    owner.force_login(link.track.owner)
    url = f"/tracks/{link.track.slug}/review/guests/{guest.pk}/remove/"
    done = owner.post(url, {"with_notes": "on"} if with_notes else {}, follow=True)
    assert "Ana can write no more." in done.content.decode()
    left = Note.objects.get()
    assert (left.removed_at is not None) == with_notes
    assert left.body_md == ("" if with_notes else "Louder.")
    note(client, link, "Again!")
    assert Note.objects.count() == 1
    assert enter(client, link, "Bob").status_code == 403, "nor under another name"
    assert client.get(f"/r/{link.token}/").status_code == 200, "listening goes on"


def test_only_the_owner_removes(client: Client, link: ReviewLink) -> None:
    guest = ReviewGuestFactory(link=link)
    other = ReviewLinkFactory()
    client.force_login(other.track.owner)
    for slug in (link.track.slug, other.track.slug):
        url = f"/tracks/{slug}/review/guests/{guest.pk}/remove/"
        assert client.post(url).status_code == 404
    guest.refresh_from_db()
    assert guest.removed_at is None


def test_a_revoked_link_takes_no_words(client: Client, link: ReviewLink) -> None:
    enter(client, link)
    review_links.revoke(link=link)
    assert note(client, link).status_code == 404
    assert enter(client, link).status_code == 410
    assert client.get(room(link)).status_code == 404
    assert not Note.objects.exists()


def test_the_desk_shows_guests_plays_and_asks_few_questions(
    client: Client, link: ReviewLink, django_assert_max_num_queries: Any
) -> None:
    guest = ReviewGuestFactory(link=link)
    version: Any = link.track.primary_version
    write(version=version, author=guest, body_md="Hi", at_ms=5)
    ReviewLink.objects.update(plays=3, last_played_at=link.created_at)
    client.force_login(link.track.owner)
    url = f"/tracks/{link.track.slug}/review/"
    with django_assert_max_num_queries(14) as few:
        page = client.get(url).content.decode()
    assert "3 plays" in page
    assert "1 note" in page
    ReviewGuestFactory.create_batch(3, link=link)
    ReviewGuestFactory.create_batch(3, link__track=link.track)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)


def test_many_links_come_by_pages(client: Client, link: ReviewLink) -> None:
    ReviewLinkFactory.create_batch(30, track=link.track)
    client.force_login(link.track.owner)
    first = client.get(f"/tracks/{link.track.slug}/review/").context["review"].links
    second = (
        client.get(f"/tracks/{link.track.slug}/review/{first.next_url}").context["review"].links
    )
    assert len(first.rows) + len(second.rows) == 31
    assert client.get(f"/tracks/{link.track.slug}/review/?before=x").status_code == 404
