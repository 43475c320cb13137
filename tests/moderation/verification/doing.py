"""What happens to a verification, as tests let it."""

from datetime import timedelta
from typing import Any

from moderation.models import Verification
from moderation.verification import services
from moderation.verification.checking import Found
from social.models import Notification, User
from tests.factories.moderation import moderator
from tests.jobs import read_events

THERE, MISSING = Found(True, "There."), Found(False, "Not there.")
LATER = timedelta(days=8)


def verified(person: User, method: str = "dns", subject: str = "example.org") -> Verification:
    row = services.begin(person=person, method=method, subject=subject)
    services.note(row=row, found=THERE)
    row.refresh_from_db()
    person.refresh_from_db()
    return row


def by_hand(person: User, state: str = "verified") -> Verification:
    row = services.begin(person=person, method="hand", subject="Ada Byron", words="Call me.")
    if state == "verified":
        services.grant(row=row, by=moderator(), evidence="I called her.")
    row.refresh_from_db()
    person.refresh_from_db()
    return row


def move(row: Verification, **times: Any) -> None:
    """Let time have passed."""
    Verification.objects.filter(pk=row.pk).update(**times)


def kinds() -> set[str]:
    read_events()
    return set(Notification.objects.values_list("kind", flat=True))
