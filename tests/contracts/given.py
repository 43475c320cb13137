"""The rows of giving: contributions, receipts, and what is given each month."""

from django.core.cache import cache
from django.urls import reverse

from economics.contributions import services
from economics.models import Contribution, PayLink, Pledge
from economics.pledges.services import begin
from social.models import User
from tests.contracts.permissions import Row
from tests.factories.economics import charity, confirm, declare
from tracks.models import Track

KEY = "a-key-of-a-contribution"
CHARITY_ALONE = {"preset": "10.00", "charity_percent": "100", "charity": "eff", "how_often": "once"}
CHANGED = {"amount": "5", "artist_percent": "0", "charity_percent": "100", "charity": "eff"}
# The site of these tests holds no money for others: `direct` is the default.
ROWS = [
    Row("support", "GET", "", 200, 200, 200, 200),
    Row("support", "POST", "", 302, 302, 302, 302, CHARITY_ALONE),
    Row("support", "GET", "public", 200, 200, 200, 200),
    Row("support", "GET", "unlisted", 404, 404, 200, 404),
    Row("support", "GET", "private", 404, 404, 200, 404),
    Row("contribution", "GET", "", 200, 200, 200, 200),
    Row("contribution-cancel", "POST", "", 302, 302, 302, 302),
    Row("receipt", "GET", "", 200, 200, 200, 200),
    Row("giving", "GET", "", 302, 200, 200, 200),
    Row("pledge", "GET", "", 302, 404, 200, 404),
    Row("pledge", "POST", "", 302, 404, 302, 404, CHANGED),
    Row("pledge-act", "POST", "", 302, 404, 302, 404),
    Row("received", "GET", "", 302, 200, 200, 200),
    Row("received-confirm", "POST", "", 302, 404, 302, 404),
    Row("api-contributions", "POST", "", 400, 400, 400, 400),
    Row("api-my-contributions", "GET", "", 401, 200, 200, 200),
]


def address(route: str, _on: str, track: Track | None) -> str | None:
    """Return where a route of this table leads; None for other routes."""
    match route:
        case "support":
            cache.clear()
            return reverse(route) + (f"?for=track:{track.pk}" if track else "")
        case "api-contributions":
            cache.clear()
            return reverse(route)
        case "contribution" | "contribution-cancel":
            return reverse(route, args=[_declared().key])
        case "receipt":
            return reverse(route, args=[_received().key])
        case "received-confirm":
            return reverse(route, args=[_direct().pk])
        case "pledge":
            return reverse(route, args=[_pledge().pk])
        case "pledge-act":
            return reverse(route, args=[_pledge().pk, "pause"])
    return None


def _owner() -> User:
    found: User = User.objects.get(handle="owner")
    return found


def _declared() -> Contribution:
    found = Contribution.objects.filter(status="declared", mode="pooled").first()
    return found or declare()


def _received() -> Contribution:
    return Contribution.objects.filter(receipt__isnull=False).first() or confirm(declare())


def _direct() -> Contribution:
    if found := Contribution.objects.filter(status="declared", mode="direct").first():
        return found
    return declare(_owner(), mode=Contribution.Mode.DIRECT, provider="direct")


def _pledge() -> Pledge:
    if found := Pledge.objects.filter(giver=_owner()).first():
        return found
    artist = User.objects.get(handle="stranger")
    PayLink.objects.create(artist=artist, kind="page", address="https://pay.example/")
    return begin_for(_owner(), artist)


def begin_for(giver: User, artist: User) -> Pledge:
    """Return a pledge whose first month is declared."""
    first = Contribution(
        giver=giver,
        artist=artist,
        charity=charity(),
        amount=500,
        currency="EUR",
        artist_bp=7000,
        charity_bp=3000,
        platform_bp=0,
        provider="direct",
        mode=Contribution.Mode.DIRECT,
    )
    first.pledge = begin(first)
    services.declare(first)
    return first.pledge
