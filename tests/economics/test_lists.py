"""Every list of money asks few queries, and as many for much as for little."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from economics.models import Contribution
from social.models import User
from tests.factories.economics import ask_payout, confirm, declare, disburse, finance, pay_out
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db

EVERYBODYS = ["/support/", "/charities/", "/charities/eff/", "/transparency/money/"]
EVERYBODYS += ["/transparency/money.json", "/api/v1/charities/", "/api/v1/charities/eff/"]
ARTISTS = ["/me/received/", "/me/payouts/", "/me/pay-links/", "/api/v1/me/payouts/"]
GIVERS = ["/me/giving/", "/api/v1/me/contributions/"]
FINANCES = [f"/admin/economics/{name}/" for name in ("contribution", "disbursement", "charity")]
FINANCES.append("/admin/economics/artistpayout/")
MOST = 8


@pytest.fixture
def people(settings: Any) -> dict[str, User | None]:
    """Who reads these lists."""
    settings.NEXUS_MONEY = "pooled"
    names = {"everybody": None, "artist": UserFactory.create(), "giver": UserFactory.create()}
    return {**names, "finance": finance()}


def give(people: dict[str, Any], times: int) -> None:
    """Give so often, pay out and send on."""
    for _ in range(times):
        track = PublicTrackFactory.create(owner=people["artist"])
        words = {"giver": people["giver"], "track": track, "is_public": True}
        confirm(declare(people["artist"], amount=10_000, **words), fee=33)
        declare(people["artist"], **words)
        pay_out(ask_payout(people["artist"], 1000))
        disburse(100)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        *(("everybody", path) for path in EVERYBODYS),
        *(("artist", path) for path in ARTISTS),
        *(("giver", path) for path in GIVERS),
        *(("finance", path) for path in FINANCES),
    ],
)
def test_a_list_asks_few_queries(people: dict[str, Any], who: str, path: str) -> None:
    counts, client = [], Client()
    if people[who]:
        client.force_login(people[who])
    for times in (1, 4):
        give(people, times)
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))
    assert max(counts) <= MOST
    assert counts[1] <= counts[0], "they do not grow"
    assert Contribution.objects.count() == 10
