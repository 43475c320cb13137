"""Who is about to leave is closed to everybody else, whatever the address, and may come back."""

import pytest

from social.departure.services import asking
from tests.contracts.cast import Cast
from tests.contracts.test_bans import CLOSED, open_to_all, statuses
from tests.contracts.test_permissions import signed_in

pytestmark = pytest.mark.django_db
# The same for all, or opened by a key: closed to its owner, too.
FOR_ALL = ("embed-", "review-", "cover", "feed-")


@pytest.mark.parametrize("person", ["visitor", "stranger", "staff"])
def test_every_address_of_theirs_closes_at_once_and_opens_again(person: str, cast: Cast) -> None:
    client, places, owner = signed_in(cast, person), open_to_all(cast), cast.people["owner"]
    before = statuses(client, places)
    asking.ask(person=owner, by=owner)
    closed = statuses(client, places)
    assert {place: code for place, code in closed.items() if code not in CLOSED} == {}
    asking.keep(person=owner, by=owner)
    assert statuses(client, places) == before


def test_to_themselves_everything_stays_open(cast: Cast) -> None:
    owner, client = cast.people["owner"], signed_in(cast, "owner")
    places = {
        place: route for place, route in open_to_all(cast).items() if not route.startswith(FOR_ALL)
    }
    before = statuses(client, places)
    asking.ask(person=owner, by=owner)
    assert statuses(client, places) == before
