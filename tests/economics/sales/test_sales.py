"""Copies for money: who has paid may keep them, for as long as the money stays."""

import pytest
from django.test import Client
from django.urls import reverse

from config.lib.problems import Problem
from economics.contributions import services as contributions
from economics.contributions.rules import parts_of
from economics.models import Contribution, Price
from economics.sales import services
from economics.sales.rules import BUYERS, SUPPORTERS
from social.models import User
from tests.factories.economics import charity, confirm, declare
from tests.factories.releases import filled
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tracks import access
from tracks.models import Given, Release, Track

pytestmark = pytest.mark.django_db


@pytest.fixture
def track() -> Track:
    """Return a public track for 5.00."""
    found: Track = PublicTrackFactory.create()
    services.set_price(thing=found, by=found.owner, least=500)
    return Track.objects.get(pk=found.pk)


def buy(
    thing: Track | Release, by: User | None, amount: int = 500, **words: object
) -> Contribution:
    """Let somebody give this for it: all of it to its artist."""
    kind = "release" if isinstance(thing, Release) else "track"
    shares = {"artist_bp": 10_000, "charity_bp": 0, "platform_bp": 0, "charity": None}
    given = shares | {kind: thing, "giver": by} | words
    return confirm(declare(thing.owner, amount, **given))


def keeps(user: User, thing: Track | Release, what: str = Given.ORIGINAL) -> bool:
    """Tell whether this person may keep it."""
    return access.may_download(user, thing, what)


def test_who_has_paid_may_keep_it_and_nobody_else(track: Track) -> None:
    buyer, other = UserFactory.create(), UserFactory.create()
    assert track.gives_original == BUYERS
    given = buy(track, buyer)
    assert given.buys
    assert keeps(buyer, track)
    assert keeps(buyer, track, Given.FLAC)
    assert not keeps(other, track)


def test_less_than_the_price_buys_nothing_and_the_artists_part_counts(track: Track) -> None:
    buyer = UserFactory.create()
    buy(track, buyer, 499)
    shared = {"artist_bp": 9000, "platform_bp": 1000}
    buy(track, buyer, 550, **shared)
    assert not keeps(buyer, track)
    buy(track, buyer, 556, **shared)
    assert keeps(buyer, track)


def test_what_is_given_back_is_kept_no_more(track: Track) -> None:
    buyer = UserFactory.create()
    given = buy(track, buyer)
    contributions.refund(given.pk, reference="back")
    assert not keeps(buyer, track)


def test_what_was_only_declared_is_not_paid(track: Track) -> None:
    buyer = UserFactory.create()
    words = {"artist_bp": 10_000, "charity_bp": 0, "platform_bp": 0, "charity": None}
    declare(track.owner, 500, track=track, giver=buyer, **words)
    assert not keeps(buyer, track)


def test_a_release_that_was_bought_opens_its_tracks() -> None:
    release, (track, *_rest) = filled()
    services.set_price(thing=release, by=release.owner, least=800, suggested=1000)
    buyer = UserFactory.create()
    buy(release, buyer, 800)
    assert keeps(buyer, release)
    assert keeps(buyer, track)
    assert not keeps(UserFactory.create(), track)


def test_supporters_of_an_artist_keep_what_is_open_to_them() -> None:
    track = PublicTrackFactory.create()
    Track.objects.filter(pk=track.pk).update(gives_original=SUPPORTERS)
    backer, stranger = UserFactory.create(), UserFactory.create()
    confirm(declare(track.owner, 100, giver=backer))
    confirm(declare(UserFactory.create(), 100, giver=stranger))
    track.refresh_from_db()
    assert keeps(backer, track)
    assert not keeps(stranger, track)


def test_a_price_ends_and_who_has_paid_keeps(track: Track) -> None:
    buyer = UserFactory.create()
    buy(track, buyer)
    services.end_price(thing=track, by=track.owner)
    assert keeps(buyer, track)
    late = UserFactory.create()
    assert not buy(track, late).buys


def test_what_was_bought_without_an_account_is_taken_over_once(
    client: Client, track: Track
) -> None:
    given = buy(track, None)
    buyer, other = UserFactory.create(), UserFactory.create()
    client.force_login(buyer)
    assert client.get(reverse("bought", args=[given.key])).status_code == 200
    assert client.post(reverse("bought", args=[given.key])).status_code == 302
    assert keeps(buyer, track)
    with pytest.raises(Problem):
        services.claim(key=given.key, by=other)


def test_only_its_artist_sells_it(track: Track) -> None:
    with pytest.raises(Problem):
        services.set_price(thing=track, by=UserFactory.create(), least=100)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"least": "0"}, "more than nothing"),
        ({"least": "five"}, "in figures"),
        ({"least": "5.001"}, "at most 2 decimals"),
        ({"least": "99999999999"}, "more than can be given"),
        ({"least": "NaN"}, "more than can be given"),
        ({"least": "5", "suggested": "4"}, "at least as much"),
    ],
)
def test_a_price_that_is_none_gets_a_sentence(
    client: Client, track: Track, words: dict[str, str], sentence: str
) -> None:
    client.force_login(track.owner)
    answer = client.post(reverse("track-price", args=[track.slug]), words)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert Price.objects.get(track=track).least == 500


def test_an_artist_sets_a_price_and_it_stands_on_the_page(client: Client) -> None:
    track = PublicTrackFactory.create()
    client.force_login(track.owner)
    words = {"least": "7,50", "suggested": "10"}
    answer = client.post(reverse("track-price", args=[track.slug]), words)
    assert answer.status_code == 302
    client.logout()
    assert "€7.50 or more" in client.get(track.get_absolute_url()).text


def test_programs_read_and_set_a_price(client: Client, track: Track) -> None:
    address = reverse("api-track-price", args=[track.pk])
    assert client.get(address).json() == {
        "least_cents": 500,
        "suggested_cents": 500,
        "currency": "EUR",
    }
    client.force_login(track.owner)
    body = {"least_cents": 300, "suggested_cents": 200}
    assert client.put(address, body, "application/json").status_code == 400
    body = {"least_cents": 300}
    assert client.put(address, body, "application/json").json()["least_cents"] == 300
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


def test_the_cent_that_a_page_shows_is_the_cent_that_counts(track: Track) -> None:
    # 66.61 % of 5.01 are 3.337: the largest remainders make 3.34 of it.
    services.set_price(thing=track, by=track.owner, least=334)
    shares = {"artist_bp": 6661, "charity_bp": 1665, "platform_bp": 1674, "charity": charity()}
    given = buy(track, UserFactory.create(), 501, **shares)
    assert (parts_of(given)["artist"], 501 * 6661 // 10_000) == (334, 333)
    assert given.buys
