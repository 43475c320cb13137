"""`/api/v1/contributions/`: the same cents for a program as in the ledger."""

import json
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from config.lib.limits import LIMITS
from economics.ledger import selectors as ledger
from economics.models import Contribution, Pledge
from social.models import User
from tests.factories import moderation as judges
from tests.factories.economics import confirm
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, ReleaseFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/contributions/"
MINE = "/api/v1/me/contributions/"
SHARES = {"artist_percent": 70, "charity_percent": 20, "platform_percent": 10, "charity": "eff"}


@pytest.fixture(autouse=True)
def _pooled(settings: Any) -> None:
    settings.NEXUS_MONEY = "pooled"
    cache.clear()


def send(by: User | None = None, once: str = "", **words: Any) -> Any:
    """Send a contribution as a program does."""
    headers = bearer(by) if by else {}
    if once:
        headers["Idempotency-Key"] = once
    body = {"amount_cents": 1000, **SHARES} | words
    body = {name: value for name, value in body.items() if value is not None}
    return Client().post(
        ADDRESS, json.dumps(body), content_type="application/json", headers=headers
    )


def refused(answer: Any) -> tuple[int, str]:
    """Return what a refusal says, which is always a problem document."""
    assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def test_what_is_given_is_shared_to_the_cent_and_told_to_its_giver() -> None:
    ada, giver = UserFactory.create(handle="ada"), UserFactory.create()
    answer = send(giver, artist="ada", message="For the cello.")
    assert answer.status_code == 201
    told = answer.json()
    assert {name: told[name] for name in ("status", "artist_cents", "charity_cents")} == {
        "status": "declared",
        "artist_cents": 700,
        "charity_cents": 200,
    }
    assert told["platform_cents"] == 100
    given = Contribution.objects.get()
    assert (str(given.pk), given.giver, given.artist) == (told["id"], giver, ada)
    assert ledger.balances() == {}
    confirm(given)
    rows = Client().get(MINE, headers=bearer(giver)).json()["results"]
    assert [(row["id"], row["status"], row["receipt"]) for row in rows] == [
        (told["id"], "confirmed", 1)
    ]
    assert ledger.owed("artist_payable", ada.pk) == rows[0]["artist_cents"] == 700


def test_decimals_of_a_percent_are_taken_exactly() -> None:
    UserFactory.create(handle="ada")
    words = {"artist_percent": 33.33, "charity_percent": "33.33", "platform_percent": 33.34}
    told = send(artist="ada", amount_cents=1, **words).json()
    assert (told["artist_cents"], told["charity_cents"], told["platform_cents"]) == (0, 0, 1)
    given = Contribution.objects.get()
    assert (given.artist_bp, given.charity_bp, given.platform_bp) == (3333, 3333, 3334)


@pytest.mark.parametrize("kind", ["track", "release"])
def test_a_piece_names_its_artist(kind: str) -> None:
    factory: Any = {"track": PublicTrackFactory, "release": ReleaseFactory}[kind]
    thing = factory.create(**({"visibility": "public"} if kind == "release" else {}))
    for name in (str(thing.pk), thing.slug):
        told = send(**{kind: name}).json()
        assert (told["artist"], told[kind]) == (thing.owner.handle, str(thing.pk))


def test_the_site_as_a_whole_is_given_to_without_an_artist() -> None:
    words = {"artist_percent": 0, "charity_percent": 0, "platform_percent": 100, "charity": None}
    told = send(**words).json()
    assert (told["artist"], told["platform_cents"]) == (None, 1000)


@pytest.mark.parametrize(
    ("words", "type"),
    [
        ({"amount_cents": 0}, "invalid-input"),
        ({"amount_cents": -5}, "invalid-input"),
        ({"amount_cents": 10**12}, "invalid-input"),
        ({"amount_cents": "ten"}, "invalid-input"),
        ({"amount_cents": None}, "invalid-input"),
        ({"artist_percent": 60}, "shares"),
        ({"artist_percent": 33.333}, "invalid-input"),
        ({"artist_percent": -1, "charity_percent": 91}, "invalid-input"),
        ({"artist_percent": None}, "invalid-input"),
        ({"charity": None}, "charity-missing"),
        ({"provider": "nobody"}, "provider-unknown"),
        ({"message": "x" * 501}, "invalid-input"),
        ({"country": "XX"}, "invalid-input"),
        ({"track": str(UUID(int=0))}, "invalid-input"),
        ({"artist": None}, "shares"),
        ({"recurring": True}, "account-needed"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(words: dict[str, Any], type: str) -> None:
    UserFactory.create(handle="ada")
    assert refused(send(**({"artist": "ada"} | words))) == (400, type)
    assert not Contribution.objects.exists()
    assert not Pledge.objects.exists()


def test_nobody_gives_to_whom_or_what_they_may_not_see() -> None:
    private, banned = ReadyTrackFactory.create(), UserFactory.create(handle="banned")
    piece = PublicTrackFactory.create(owner=banned)
    judges.ban(banned)
    wanted: list[dict[str, Any]] = [
        {"artist": "nobody"},
        {"artist": "banned"},
        {"artist": "system"},
        {"track": str(private.pk)},
        {"track": str(piece.pk)},
        {"release": str(piece.pk)},
        {"artist": private.owner.handle, "charity": "nowhere"},
    ]
    assert [refused(send(UserFactory.create(), **words)) for words in wanted] == [
        (404, "not-found")
    ] * len(wanted)
    assert not Contribution.objects.exists()


def test_nobody_gives_to_themselves() -> None:
    ada = UserFactory.create(handle="ada")
    assert refused(send(ada, artist="ada")) == (400, "own")


def test_one_key_gives_once_for_each_who_sends_it() -> None:
    UserFactory.create(handle="ada")
    giver, other = UserFactory.create(), UserFactory.create()
    first, again = (send(giver, "k1", artist="ada").json()["id"] for _ in range(2))
    assert first == again
    assert send(other, "k1", artist="ada").json()["id"] != first
    assert send(None, "k1", artist="ada").json()["id"] != first
    assert Contribution.objects.count() == 3
    assert refused(send(giver, "k1", artist="ada", amount_cents=999)) == (409, "key-used")
    assert refused(send(giver, "k" * 201, artist="ada")) == (400, "invalid-input")


def test_directly_nothing_is_given_to_whom_nobody_can_pay(settings: Any) -> None:
    settings.NEXUS_MONEY = "direct"
    UserFactory.create(handle="ada")
    assert refused(send(artist="ada")) == (409, "no-way-to-pay")
    words = {"artist_percent": 0, "charity_percent": 90, "platform_percent": 10}
    assert refused(send(**words)) == (409, "no-way-to-pay")
    told = send(**words | {"charity_percent": 100, "platform_percent": 0}).json()
    assert (told["mode"], told["provider"], told["charity_cents"]) == ("direct", "direct", 1000)
    assert ledger.owed("memo_charity", Contribution.objects.get().charity_id) == 1000


def test_what_is_given_each_month_begins_with_this_one() -> None:
    UserFactory.create(handle="ada")
    giver = UserFactory.create()
    assert send(giver, artist="ada", recurring="monthly").json()["recurring"]
    assert not send(giver, artist="ada", recurring=False).json()["recurring"]
    pledge = Pledge.objects.get()
    assert (pledge.giver, pledge.months, pledge.contributions.count()) == (giver, 1, 1)


def test_the_share_of_an_hour_is_used_up() -> None:
    UserFactory.create(handle="ada")
    most = LIMITS["giving"].most
    codes = [send(artist="ada").status_code for _ in range(most + 1)]
    assert codes == [201] * most + [429]


def test_what_one_gave_comes_in_pages_of_few_queries(django_assert_max_num_queries: Any) -> None:
    UserFactory.create(handle="ada")
    giver = UserFactory.create()
    for number in range(26):
        cache.clear()
        assert send(giver, artist="ada", amount_cents=number + 1).status_code == 201
    headers = bearer(giver)
    with django_assert_max_num_queries(8):
        first = Client().get(MINE, headers=headers).json()
    rest = Client().get(f"{MINE}?before={first['next']}", headers=headers).json()
    amounts = [row["amount_cents"] for row in first["results"] + rest["results"]]
    assert amounts == list(range(26, 0, -1))
    assert rest["next"] is None
    assert Client().get(MINE).status_code == 401
    assert Client().get(f"{MINE}?before=x", headers=headers).status_code == 404


def test_a_percentage_is_no_float() -> None:
    from economics.giving.rules import to_bp, to_percent

    assert [to_bp(Decimal(text)) for text in ("0.29", "33.34", "100", "0.57")] == [
        *(29, 3334, 10_000, 57)
    ]
    assert [str(to_percent(bp)) for bp in (0, 7000, 3333, 10_000, 50)] == [
        *("0", "70", "33.33", "100", "0.5")
    ]
