"""A ban closes every address of what a person has, to everybody, and lifting it opens them again.

The addresses are those of the table of permissions: a route that is added there is walked here.
What sockets, lists and kept pages do is in `test_sockets.py`, `social/accounts/` and below.
"""

import pytest
from django.test import Client

from social.accounts.services import bans
from tests.contracts.cast import Cast, address
from tests.contracts.test_permissions import ROWS, signed_in
from tests.factories.social import StaffFactory

pytestmark = pytest.mark.django_db

CLOSED = {403, 404, 410}
# One leads to the page's address of today without looking whose it is: that one is closed. The
# music of the cast is nobody's; what is signed ends in `tracks/visibility/test_closing.py`.
ELSEWHERE = {"track-difference", "media-file"}
READING = {"GET", "HEAD"}


def open_to_all(cast: Cast) -> dict[str, str]:
    """Return what a visitor reads of the owner's things: the address, and its route."""
    return {
        address(row, cast): row.route
        for row in ROWS
        if row.method in READING and row.on and row.visitor < 400 and row.route not in ELSEWHERE
        # What sends a visitor to sign in is not open; a cover sends on to its file.
        if row.visitor != 302 or row.route == "cover"
    }


def statuses(client: Client, places: dict[str, str]) -> dict[str, int]:
    return {f"{route} {place}": client.get(place).status_code for place, route in places.items()}


@pytest.mark.parametrize("person", ["visitor", "stranger", "staff"])
def test_everything_of_a_banned_person_is_closed_and_opened_again(person: str, cast: Cast) -> None:
    client, places, boss = signed_in(cast, person), open_to_all(cast), StaffFactory.create()
    assert len(places) >= 25
    before = statuses(client, places)
    assert max(before.values()) < 400
    bans.ban(user=cast.people["owner"], by=boss, reason="a test")
    closed = statuses(client, places)
    assert {place: code for place, code in closed.items() if code not in CLOSED} == {}
    bans.unban(user=cast.people["owner"], by=boss, reason="a test")
    assert statuses(client, places) == before


def test_what_is_listed_forgets_them(cast: Cast, client: Client) -> None:
    title = cast.tracks["public"].title
    lists = ("/", f"/search/?q={title.split()[0]}", "/api/v1/lists/latest/-/")
    assert all(title in client.get(page).text for page in lists)
    bans.ban(user=cast.people["owner"], by=StaffFactory.create(), reason="a test")
    assert not any(title in client.get(page).text for page in lists)
