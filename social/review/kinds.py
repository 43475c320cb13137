"""For how long review links and guests are kept that have ended."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from config.lib.kept import Rule, forget_rows, register_rule
from social.models import Note, ReviewGuest, ReviewLink

KEPT_FOR = timedelta(days=90)


def register_all() -> None:
    """Say so."""
    register_rule(
        Rule(
            "review-links",
            ("social.ReviewLink", "social.ReviewGuest"),
            "Review links and their guests are forgotten 90 days after the link has ended. Where "
            "somebody wrote notes, these stay with the name, and the password goes.",
            forget_links,
        )
    )


def forget_links(now: datetime, most: int) -> int:
    """Forget guests who wrote nothing, then links without guests; of the others the password.

    Notes always stay. Returns how many rows were touched, in all three steps together.
    """
    before = now - KEPT_FOR
    ended = ReviewLink.objects.filter(Q(revoked_at__lt=before) | Q(expires_at__lt=before))
    wrote = Exists(Note.objects.filter(guest=OuterRef("pk")))
    silent = ReviewGuest.objects.filter(~wrote, link__in=ended)
    touched = forget_rows(silent, most)
    touched += forget_rows(ended.filter(guests=None), most - touched)
    locked = ended.exclude(password="").order_by().values_list("pk", flat=True)
    keys = list(locked[: most - touched])
    return touched + ReviewLink.objects.filter(pk__in=keys).update(password="")
