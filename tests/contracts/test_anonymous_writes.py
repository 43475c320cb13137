"""Whatever somebody without an account may write is limited, or it is said here why not."""

import pytest
from django.core.cache import cache
from django.test import Client

from config.lib.limits import LIMITS
from tests.contracts.test_permissions import ROWS
from tests.factories.media_pipeline import AssetFactory, finish
from tests.factories.review import ReviewLinkFactory
from tests.factories.tracks import PublicTrackFactory, add_version
from tracks.models import BlindTest, Track

pytestmark = pytest.mark.django_db
WRITES = {"POST", "PUT", "PATCH", "DELETE"}
REFUSED = {302, 401, 403, 404, 405}  # 302 leads to the sign-in page
# Route → the limits in the table that hold for it, or why it needs none.
HOLDS: dict[str, tuple[str, ...] | str] = {
    "api-blind-tests": ("anonymous-by-address", "anonymous-on-track"),
    "review-password": ("review-password",),
    "review-name": ("review-name",),
    "review-play": ("review-play",),
    "api-notes": "a guest of a review link, by `note`; 400 is what is wrong with the body",
    "api-reports": ("report",),
    "report": ("report",),
    "report-appeal": ("appeal",),
    "decision-appeal": ("appeal",),
    "talk": ("talk",),
    "report-talk": ("talk",),
    "support": ("giving",),
    "api-contributions": ("giving",),
    "contribution-cancel": "whoever has its key takes back once what has not come in",
    "api-search": "a question, which writes nothing",
    "account_logout": "ends a session and writes nothing else",
}


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def test_every_anonymous_write_is_in_this_table() -> None:
    open_to_all = {row.route for row in ROWS if row.method in WRITES and row.visitor not in REFUSED}
    assert open_to_all <= HOLDS.keys(), open_to_all - HOLDS.keys()
    for held in HOLDS.values():
        assert isinstance(held, str) or set(held) <= LIMITS.keys()


def begin(track: Track, address: str) -> int:
    """Begin a blind test without an account, from an address; return the status."""
    first, second = track.versions.order_by("number")
    body = {"version_a": str(first.pk), "version_b": str(second.pk)}
    url = f"/api/v1/tracks/{track.pk}/blind-tests/"
    client = Client(REMOTE_ADDR=address)
    return client.post(url, body, content_type="application/json").status_code


def two_versions() -> Track:
    track: Track = PublicTrackFactory()
    add_version(track, finish(AssetFactory(owner=track.owner)))
    return track


def test_one_address_begins_thirty_blind_tests_an_hour() -> None:
    most = LIMITS["anonymous-by-address"].most
    pieces = [two_versions() for _ in range(3)]
    codes = [begin(pieces[n % 3], "203.0.113.7") for n in range(most + 1)]
    assert codes == [201] * most + [429]
    assert begin(pieces[0], "203.0.113.8") == 201


def test_one_piece_takes_thirty_of_them_an_hour() -> None:
    most = LIMITS["anonymous-on-track"].most
    piece, other = two_versions(), two_versions()
    codes = [begin(piece, f"203.0.113.{n}") for n in range(most + 1)]
    assert codes == [201] * most + [429]
    assert BlindTest.objects.filter(track=piece).count() == most
    assert begin(other, "203.0.113.200") == 201


def test_names_and_plays_behind_a_link_have_an_end() -> None:
    link, client = ReviewLinkFactory(), Client()
    names, plays = LIMITS["review-name"].most, LIMITS["review-play"].most
    form = {"name": "Ada"}
    codes = [client.post(f"/r/{link.token}/name/", form).status_code for _ in range(names + 1)]
    assert codes[-1] == 429
    assert 429 not in codes[:-1]
    codes = [Client().post(f"/r/{link.token}/plays/").status_code for _ in range(plays + 1)]
    assert codes == [204] * plays + [429]
    link.refresh_from_db()
    assert link.plays == plays
