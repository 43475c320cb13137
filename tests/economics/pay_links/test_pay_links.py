"""How artists are paid: checked, encrypted where it is a secret, and shown where they say so."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from config.lib import cipher
from config.lib.problems import Problem
from economics.models import PayLink
from economics.pay_links import rules, selectors, services
from social.models import User
from tests.factories.economics import link_of
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db
IBAN = "DE89 3704 0044 0532 0130 00"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    "written",
    [
        *(IBAN, "de89370400440532013000", "GB82-WEST-1234-5698-7654-32"),
        *("NL91ABNA0417164300", "NO9386011117947", "MT84MALT011000012345MTLCAST001S"),
    ],
)
def test_an_iban_is_taken_as_people_write_it(written: str) -> None:
    assert rules.iban(written).replace(" ", "") == written.upper().replace(" ", "").replace("-", "")


@pytest.mark.parametrize(
    "written",
    [
        *("", "DE", "DE89 3704 0044 0532 0130 01", "DE98 3704 0044 0532 0130 00"),
        *("89DE370400440532013000", "DE89 3704 0044 0523 0130 00", "DE" + "9" * 40, "ＤＥ89"),
    ],
)
def test_a_wrong_figure_of_an_iban_is_found(written: str) -> None:
    with pytest.raises(ValueError, match="IBAN"):
        rules.iban(written)


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("paypal", "paypal.me/mira", "https://paypal.me/mira"),
        ("liberapay", "https://liberapay.com/mira/", "https://liberapay.com/mira/"),
        ("page", " https://mira.example/pay?a=1 ", "https://mira.example/pay?a=1"),
    ],
)
def test_an_address_is_one_of_the_web(kind: str, written: str, kept: str) -> None:
    assert rules.address(kind, written) == kept


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        *(("page", "http://mira.example/"), ("page", "javascript:alert(1)"), ("page", "pay")),
        *(("page", "https://a:b@mira.example/"), ("page", "https://mira.example:8080/")),
        *(("page", "https://[/"), ("page", 'https://mira.example/"x'), ("page", "data:,a")),
        *(("kofi", "https://paypal.me/mira"), ("paypal", "https://paypal.me.evil.example/mira")),
        *(("paypal", "https://paypal.me/"), ("page", "https://mira.example/\u0000")),
    ],
)
def test_what_is_no_address_of_it_is_refused(kind: str, written: str) -> None:
    with pytest.raises(ValueError, match="address"):
        rules.address(kind, written)


def test_a_secret_is_kept_so_that_only_this_site_reads_it() -> None:
    row = link_of(UserFactory.create(), "iban", IBAN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM economics_paylink t")
        kept = cursor.fetchone()[0]
    assert "3704" not in kept
    assert PayLink.objects.get(pk=row.pk).where == IBAN


def test_only_what_its_artist_shows_is_on_their_page_and_only_without_a_pool(
    settings: Any,
) -> None:
    person = UserFactory.create()
    link_of(person, is_public=True)
    secret = link_of(person, "iban", IBAN)
    settings.NEXUS_MONEY = "direct"
    page = Client().get(person.get_absolute_url()).text
    assert f"https://ko-fi.com/{person.handle}" in page
    assert "3704" not in page
    services.show(secret, is_public=True)
    assert IBAN in Client().get(person.get_absolute_url()).text
    assert [link.kind for link in selectors.pay_links_of(person)] == ["kofi", "iban"]
    settings.NEXUS_MONEY = "pooled"
    assert "ko-fi.com" not in Client().get(person.get_absolute_url()).text


def test_where_a_key_is_lost_what_needs_none_is_still_shown(settings: Any) -> None:
    person, key = UserFactory.create(), settings.SECRET_KEY
    link_of(person, is_public=True)
    link_of(person, "iban", IBAN, is_public=True)
    settings.SECRET_KEY = "another one, after a restore"
    cipher.forget_keys()
    found = [link.kind for link in selectors.pay_links_of(person)]
    settings.SECRET_KEY = key
    cipher.forget_keys()
    assert found == ["kofi"]


def test_an_artist_adds_shows_and_takes_away_their_own_and_nobody_elses() -> None:
    person, other = UserFactory.create(), UserFactory.create()
    client = signed_in(person)
    wrong = client.post("/me/pay-links/", {"kind": "iban", "where": "DE00"})
    assert wrong.status_code == 422
    assert "An IBAN begins with" in wrong.text
    client.post("/me/pay-links/", {"kind": "iban", "where": IBAN, "label": "My bank"})
    (row,) = selectors.own(person)
    assert (str(row), row.is_public) == ("My bank", False)
    assert "DE89 3704" in client.get("/me/pay-links/").text
    place = f"/me/pay-links/{row.pk}/"
    assert signed_in(other).post(place, {"do": "remove"}).status_code == 404
    for do, is_public in (("show", True), ("hide", False)):
        client.post(place, {"do": do})
        assert selectors.own(person)[0].is_public is is_public
    client.post(place, {"do": "remove"})
    assert selectors.own(person) == []


def test_ten_are_the_most() -> None:
    person = UserFactory.create()
    for number in range(services.MOST):
        link_of(person, "words", f"Way {number}")
    with pytest.raises(Problem, match="are the most"):
        link_of(person)
    with pytest.raises(Problem):
        services.add(by=UserFactory.create(), kind="words", where="  ")
    with pytest.raises(Problem):
        services.add(by=UserFactory.create(), kind="gold", where="A vault.")
