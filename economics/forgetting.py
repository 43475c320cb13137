"""What becomes of money's rows when an account goes: the books stay, and name nobody."""

from typing import Any

from django.db.models import Q

from economics.models import Contribution, Pledge
from economics.pledges.services import cancel


def forget_giver(person: Any) -> None:
    """End what is given each month by or to them, and take away what they said beside it."""
    theirs = Pledge.objects.filter(Q(giver=person) | Q(artist=person))
    for pledge in theirs.exclude(status=Pledge.Status.CANCELLED):
        cancel(pledge, by=None)
    said = {"message": "", "is_public": False}
    for model in (Pledge, Contribution):
        model.objects.filter(giver=person).update(**said)
