"""Who has bought a piece, and who supports an artist: what opens a download to them.

Both follow from contributions that have come in, so that one which is given back opens nothing any
more. The rules are good for tracks and releases alike: no two things have one id.
"""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from economics.models import Contribution
from tracks.access import User

BUYERS, SUPPORTERS = "buyers", "backers"
BUYERS_LABEL = "People who paid for it"
SUPPORTERS_LABEL = "People who have supported you within a year"
SUPPORTS_FOR = timedelta(days=365)
NOBODY = Q(pk__in=[])


def bought(user: User, _what: str) -> Q:
    """Return the Q of the tracks or releases that this person has paid for."""
    if not user.is_authenticated:
        return NOBODY
    paid = _given_by(user).filter(buys=True)
    tracks = paid.exclude(track=None).values("track")
    return Q(pk__in=tracks) | Q(pk__in=paid.exclude(release=None).values("release"))


def supports(user: User, _what: str) -> Q:
    """Return the Q of the tracks or releases whose artist this person supports."""
    if not user.is_authenticated:
        return NOBODY
    lately = _given_by(user).filter(confirmed_at__gt=Now() - SUPPORTS_FOR, artist_bp__gt=0)
    return Q(owner__in=lately.values("artist"))


def _given_by(user: User):  # type: ignore[no-untyped-def]
    return Contribution.objects.filter(
        giver=user.pk, status=Contribution.Status.CONFIRMED, artist__isnull=False
    )
