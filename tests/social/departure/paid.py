"""What a person gives each month, and what they are given."""

from economics.contributions.services import declare as declare_month
from economics.models import Contribution
from economics.pledges.services import begin
from social.models import User
from tests.factories.economics import charity, confirm, declare
from tracks.models import Track


def paid(person: User, elsewhere: Track, name: str) -> None:
    """Both ways: from them each month, and once to them."""
    confirm(declare(person, giver=elsewhere.owner, message="For the cello."))
    first = Contribution(
        giver=person,
        artist=elsewhere.owner,
        track=elsewhere,
        charity=charity(),
        amount=1000,
        currency="EUR",
        artist_bp=7000,
        charity_bp=2000,
        platform_bp=1000,
        message=f"Yours, {name}",
        is_public=True,
        country="DE",
        provider="manual",
        mode=Contribution.Mode.POOLED,
    )
    first.pledge = begin(first)
    confirm(declare_month(first))
