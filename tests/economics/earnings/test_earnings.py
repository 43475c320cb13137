"""What an artist was given: the same cents by month, by piece, by charity, and in the table."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from economics.contributions import services as contributions
from economics.earnings import drawing, selectors
from economics.models import Contribution
from social.models import User
from tests.factories.economics import charity, confirm, declare
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReleaseFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db
DIRECT = Contribution.Mode.DIRECT


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_every_table_adds_up_to_what_was_given() -> None:
    track = PublicTrackFactory.create()
    artist, release = track.owner, ReleaseFactory.create(owner=track.owner)
    confirm(declare(artist, amount=1000, track=track))
    confirm(declare(artist, amount=2000, release=release, charity=charity("wikimedia")))
    confirm(declare(artist, amount=300), effective_at=timezone.now() - timedelta(days=70))
    declare(artist, amount=9999, track=track)
    back = confirm(declare(artist, amount=4000))
    contributions.refund(back.pk, reference="back")
    confirm(declare(amount=5000))
    months = selectors.sums(artist).months
    assert [amount for _month, amount in months] == [210, 2100]
    pieces = selectors.by_piece(artist)
    assert [(line.name, line.amount) for line in pieces] == [
        (release.title, 1400),
        (track.title, 700),
        ("On your page, or on a piece that is gone", 210),
    ]
    shared = selectors.by_charity(artist)
    assert [(line.name, line.amount) for line in shared] == [
        ("Wikimedia Foundation", 400),
        ("Electronic Frontier Foundation", 260),
    ]
    page = signed_in(artist).get("/me/earnings/")
    assert page.context["sums"].total == 2310 == page.context["sums"].owed
    for words in ("€23.10", "€14.00", "€7.00", "€2.10", release.title, track.title):
        assert words in page.text


def test_what_was_declared_is_told_apart_from_what_its_artist_confirmed() -> None:
    artist = UserFactory.create()
    declare(artist, amount=1000, mode=DIRECT)
    confirm(declare(artist, amount=2000, mode=DIRECT))
    gone = declare(artist, amount=500, mode=DIRECT)
    contributions.cancel(gone.pk)
    found = selectors.sums(artist)
    assert (found.declared, found.confirmed, found.total) == (2100, 1400, 2100)
    page = signed_in(artist).get("/me/earnings/")
    assert page.context["sums"].owed == 0
    assert "Of that confirmed by you" in page.text


def test_supporters_are_named_only_where_they_said_so() -> None:
    artist, ada, bob = UserFactory.create(), UserFactory.create(), UserFactory.create()
    for giver, is_public in ((ada, True), (ada, False), (bob, False), (bob, False)):
        confirm(declare(artist, giver=giver, is_public=is_public))
    confirm(declare(artist, giver=None, is_public=True))
    declare(artist, giver=UserFactory.create(), is_public=True)
    refunded = confirm(declare(artist, giver=UserFactory.create(), is_public=True))
    contributions.refund(refunded.pk, reference="back")
    named = selectors.supporters(artist).rows
    assert [(one.name, one.times) for one in named] == [(ada.name, 1)]
    assert selectors.others(artist) == 2, "Bob, and a visitor"
    page = signed_in(artist).get("/me/earnings/").text
    assert ada.name in page
    assert bob.name not in page


def test_the_file_holds_each_amount_and_no_formula() -> None:
    track = PublicTrackFactory.create(title="=1+1")
    giver = UserFactory.create(display_name="@risky")
    confirm(declare(track.owner, track=track, giver=giver, is_public=True), fee=33)
    confirm(declare(track.owner, giver=giver))
    answer = signed_in(track.owner).get("/me/earnings.csv")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("at,what,your_part,currency,given,mode,piece")
    assert ",6.77,EUR,10.00,pooled,'=1+1,,Electronic Frontier Foundation,'@risky" in rows[1]
    assert rows[2].endswith("Electronic Frontier Foundation,")


def test_a_balance_is_of_any_day() -> None:
    artist, then = UserFactory.create(), timezone.now() - timedelta(days=3)
    confirm(declare(artist), effective_at=then)
    confirm(declare(artist))
    client = signed_in(artist)
    for days, total in ((4, 0), (3, 700), (0, 1400)):
        day = timezone.localdate() - timedelta(days=days)
        assert client.get(f"/me/earnings/?day={day}").context["sums"].total == total
    assert client.get("/me/earnings/?day=9999-99-99").context["sums"].total == 1400


def test_it_asks_the_same_however_much_there_is() -> None:
    counts, artist = [], UserFactory.create()
    client = signed_in(artist)
    for _ in range(2):
        for _ in range(3):
            track = PublicTrackFactory.create(owner=artist)
            confirm(declare(artist, track=track, giver=UserFactory.create(), is_public=True))
        with CaptureQueriesContext(connection) as asked:
            client.get("/me/earnings/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_supporters_go_on_behind_the_first_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "MOST", 2)
    artist, givers = UserFactory.create(), [UserFactory.create() for _ in range(5)]
    for giver in givers:
        confirm(declare(artist, giver=giver, is_public=True))
    confirm(declare(artist, giver=givers[0], is_public=True))
    client, seen, address = signed_in(artist), [], "/me/earnings/"
    while address:
        found = client.get(address).context["supporters"]
        seen += [one.name for one in found.rows]
        address = f"/me/earnings/{found.next_url}" if found.next_url else ""
    assert seen == [givers[0].name, *(one.name for one in givers[:0:-1])]
    assert client.get("/me/earnings/?before=nonsense").status_code == 404
    told = client.get("/api/v1/me/earnings/").json()
    assert [one["name"] for one in told["supporters"]] == seen[:2]
    more = client.get(f"/api/v1/me/earnings/?before={told['next']}").json()
    assert [one["name"] for one in more["supporters"]] == seen[2:4]


def test_programs_are_told_the_same_cents_as_the_page() -> None:
    track = PublicTrackFactory.create()
    confirm(declare(track.owner, amount=1000, track=track), fee=33)
    told = signed_in(track.owner).get("/api/v1/me/earnings/").json()
    assert (told["total_cents"], told["owed_cents"], told["sent_cents"]) == (677, 677, 0)
    url = track.get_absolute_url()
    assert told["pieces"] == [{"name": track.title, "url": url, "amount_cents": 677}]
    assert [one["amount_cents"] for one in told["months"]] == [677]
    assert told["charities"][0]["amount_cents"] == 193
    assert told["others"] == 1
    Track.objects.filter(pk=track.pk).update(deleted_at=timezone.now())
    assert signed_in(track.owner).get("/api/v1/me/earnings/").json()["pieces"][0]["url"] == ""


def test_a_plot_has_twelve_months_and_the_highest_fills_it() -> None:
    found = [(date(2025, 12, 1), 50), (date(2026, 2, 1), 200), (date(2026, 3, 1), -10)]
    plot = drawing.plot(found, date(2026, 3, 31))
    assert [bar.month for bar in plot.bars][:2] == [date(2025, 4, 1), date(2025, 5, 1)]
    assert [bar.height for bar in plot.bars][-4:] == [30, 0, 120, 0]
    assert drawing.plot([], date(2026, 1, 1)).highest == 0
    assert (
        drawing.plot([(date(2026, 1, 1), 1), (date(2025, 12, 1), 10**6)], date(2026, 1, 9))
        .bars[-1]
        .height
        == 1
    ), "what is there is seen"
