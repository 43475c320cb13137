"""The page on which somebody gives, with and without an account, without any script."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from economics.ledger import selectors as ledger
from economics.models import Contribution, PayLink, Pledge
from social.models import User
from tests.factories import moderation as judges
from tests.factories.economics import charity, confirm, declare
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReleaseFactory, UnlistedTrackFactory

pytestmark = pytest.mark.django_db

SHARES = {
    "preset": "10.00",
    "amount": "",
    "artist_percent": "70",
    "charity_percent": "20",
    "platform_percent": "10",
    "charity": "eff",
    "how_often": "once",
}


@pytest.fixture(autouse=True)
def _pooled(settings: Any) -> None:
    settings.NEXUS_MONEY = "pooled"
    cache.clear()


def browser(person: User | None = None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def give(address: str, person: User | None = None, **words: str) -> Any:
    """Send the form, and follow where it leads."""
    body = {name: value for name, value in (SHARES | words).items() if value is not None}
    return browser(person).post(address, body, follow=True)


def words_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.parametrize("has_account", [True, False])
def test_what_is_given_is_shown_with_how_to_pay_and_then_as_come_in(
    has_account: bool, settings: Any
) -> None:
    settings.NEXUS_MONEY_INSTRUCTIONS = "Send it to DE00 1234."
    ada = UserFactory.create(handle="ada", display_name="Ada")
    giver = UserFactory.create() if has_account else None
    shown = words_of(give("/support/?for=person:ada", giver, message="For the cello."))
    given = Contribution.objects.get()
    assert (given.giver, given.artist, given.message) == (giver, ada, "For the cello.")
    for said in ("€7.00", "€2.00", "€1.00", "€10.00", "Send it to DE00 1234.", "For the cello."):
        assert said in shown
    assert given.pk.hex[-10:].upper() in shown
    assert "For the cello." not in words_of(browser(ada).get("/me/received/"))
    confirm(given)
    assert "For the cello." in words_of(browser(ada).get("/me/received/"))
    page = reverse("contribution", args=[given.key])
    assert "came in" in words_of(browser().get(page))
    receipt = words_of(browser().get(f"{page}receipt/"))
    assert "Receipt 1" in receipt
    assert "It is no tax receipt" in receipt
    assert "€7.00" in words_of(browser(ada).get("/me/received/"))
    if giver:
        assert "€7.00" in words_of(browser(giver).get("/me/giving/"))
    assert ledger.owed("artist_payable", ada.pk) == 700


def test_pieces_lead_there_and_a_key_goes_along() -> None:
    release = ReleaseFactory.create(visibility="public")
    for thing, about in (
        (PublicTrackFactory.create(), "track"),
        (UnlistedTrackFactory.create(), "track"),
        (release, "release"),
    ):
        page = browser().get(thing.get_absolute_url()).content.decode()
        address = re.search(rf'href="(/support/\?for={about}:[^"]+)"', page)
        assert address, about
        give(address[1].replace("&amp;", "&"))
        given = Contribution.objects.latest("pk")
        assert (given.artist, getattr(given, about)) == (thing.owner, thing)


def test_an_artist_has_a_way_on_their_page_and_in_players_elsewhere() -> None:
    track = PublicTrackFactory.create(owner__handle="ada")
    assert "/support/?for=person:ada" in browser().get("/@ada/").content.decode()
    embed = browser().get(f"/embed/track/{track.pk}/").content.decode()
    assert f"/support/?for=track:{track.pk}" in embed
    assert browser().get("/support/").status_code == 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"preset": ""}, "Choose an amount"),
        ({"amount": "ten"}, "Write an amount in figures"),
        ({"amount": "0"}, "more than nothing"),
        ({"amount": "1.234"}, "at most 2 decimals"),
        ({"artist_percent": "60"}, "100 percent together"),
        ({"artist_percent": "x"}, "Enter a number"),
        ({"charity": ""}, "Choose a charity"),
        ({"charity": "nowhere"}, "Select a valid choice"),
        ({"message": "x" * 501}, "at most 500"),
        ({"how_often": "daily"}, "Select a valid choice"),
        ({"country": "XX"}, "Select a valid choice"),
        ({"provider": "nobody"}, "Nothing can be given that way"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(words: dict[str, str], said: str) -> None:
    UserFactory.create(handle="ada")
    answer = give("/support/?for=person:ada", UserFactory.create(), **words)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert not Contribution.objects.exists()


def test_nobody_is_offered_whom_they_may_not_see() -> None:
    judges.ban(UserFactory.create(handle="banned"))
    for about in ("person:banned", "person:nobody", "person:system", "track:x", "x", ":", "track:"):
        assert browser().get("/support/", {"for": about}).status_code == 404, about


def test_a_form_that_is_sent_twice_gives_once() -> None:
    UserFactory.create(handle="ada")
    page = browser().get("/support/?for=person:ada").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once
    for _ in range(2):
        give("/support/?for=person:ada", once=once[1])
    assert Contribution.objects.count() == 1


def test_what_one_gave_last_is_where_one_begins() -> None:
    UserFactory.create(handle="ada")
    giver = UserFactory.create()
    words = {"artist_percent": "33.33", "charity_percent": "33.34", "platform_percent": "33.33"}
    give("/support/?for=person:ada", giver, **words, charity="wikimedia", country="DE")
    page = browser(giver).get("/support/?for=person:ada").content.decode()
    assert re.search(r'name="charity_percent" value="33.34"', page)
    assert '<option value="wikimedia" selected>' in page
    assert '<option value="DE" selected>' in page


def test_only_whoever_has_an_account_gives_each_month_and_by_name() -> None:
    UserFactory.create(handle="ada")
    give("/support/?for=person:ada", how_often="monthly", is_public="on")
    assert not Pledge.objects.exists()
    assert not Contribution.objects.get().is_public
    giver = UserFactory.create(display_name="Gil")
    give("/support/?for=person:ada", giver, how_often="monthly", is_public="on")
    assert Pledge.objects.get().contributions.get().is_public
    confirm(Pledge.objects.get().contributions.get())
    assert "Gil" in words_of(browser(User.objects.get(handle="ada")).get("/me/received/"))


def test_a_giver_takes_back_what_has_not_come_in() -> None:
    UserFactory.create(handle="ada")
    give("/support/?for=person:ada")
    given = Contribution.objects.get()
    cancel = reverse("contribution-cancel", args=[given.key])
    assert "Cancelled" in words_of(browser().post(cancel, follow=True))
    given.refresh_from_db()
    assert given.status == "cancelled"
    assert browser().post("/support/given/nobodys-key-is-this-one/cancel/").status_code == 404


def test_directly_a_page_says_where_to_pay_and_the_site_asks_for_none(settings: Any) -> None:
    settings.NEXUS_MONEY = "direct"
    artist = UserFactory.create(handle="ada")
    assert "/support/?for=" not in browser().get("/@ada/").content.decode()
    assert "has not said yet" in words_of(browser().get("/support/?for=person:ada"))
    assert "until you say where" in words_of(browser(artist).get("/support/?for=person:ada"))
    assert "no button is shown" in words_of(browser(artist).get("/me/received/"))
    words: dict[str, Any] = {"artist_percent": None, "platform_percent": None}
    answer = give("/support/", charity_percent="100", **words)
    assert charity().pay_link in answer.content.decode()
    assert "declared" in words_of(answer)
    # A site that nobody pays takes nothing: what is given there is the charity's.
    assert "Support a charity" in words_of(browser().get("/support/"))
    assert f"for {charity().name}" in words_of(answer)


def test_the_form_comes_alone_for_a_dialog_and_says_what_is_wrong_there() -> None:
    UserFactory.create(handle="ada", display_name="Ada")
    address = "/support/?for=person:ada&part=form"
    part = browser().get(address).content.decode()
    assert "<html" not in part
    assert 'id="give_amount"' in part
    assert 'action="/support/?for=person%3Aada"' in part
    answer = browser().post(address, {"preset": "", "amount": "x"})
    assert (answer.status_code, "<html" in answer.text) == (422, False)
    assert browser().get("/support/?for=person:nobody&part=form").status_code == 404


def test_amounts_are_written_as_the_currency_is(settings: Any) -> None:
    settings.NEXUS_CURRENCY = "JPY"
    UserFactory.create(handle="ada")
    page = words_of(browser().get("/support/?for=person:ada"))
    assert "¥1,000" in page
    shown = words_of(give("/support/?for=person:ada", preset="", amount="999"))
    for part in ("¥699", "¥200", "¥100"):
        assert part in shown
    assert give("/support/?for=person:ada", amount="1.5").status_code == 422


@pytest.mark.parametrize("number", [1, 20])
def test_lists_ask_few_questions_however_long(
    number: int, django_assert_max_num_queries: Any
) -> None:
    ada, gil = UserFactory.create(handle="ada"), UserFactory.create()
    for _ in range(number):
        confirm(declare(ada, giver=gil))
    for person, page in ((gil, "/me/giving/"), (ada, "/me/received/")):
        client = browser(person)
        with django_assert_max_num_queries(8):
            assert client.get(page).status_code == 200


def test_who_says_where_they_are_paid_has_a_way_and_who_takes_it_back_has_none(
    settings: Any,
) -> None:
    settings.NEXUS_MONEY = "direct"
    track = PublicTrackFactory.create()
    links = [
        PayLink.objects.create(artist=track.owner, kind="page", address=f"https://pay.example/{n}")
        for n in range(2)
    ]
    shown = []
    for link in (None, *links):
        if link:
            link.delete()
        shown.append("/support/?for=track:" in browser().get(track.get_absolute_url()).text)
    assert shown == [True, True, False]
