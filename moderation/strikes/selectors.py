"""Finding strikes of somebody, with what each rests on."""

from typing import Any

from moderation.models import Strike

SHOWN = 50


def strikes_of(person: Any) -> Any:
    """Return all there ever were, newest first, each with its decision and notice; one query."""
    rows = Strike.objects.filter(person=person.pk).order_by("-pk")
    return rows.select_related(
        "decision__undone_by", "decision__case", "report__reporter", "withdrawn_by"
    )


def counting(person: Any) -> int:
    """Return how many count now."""
    return Strike.objects.counting().filter(person=person.pk).count()
