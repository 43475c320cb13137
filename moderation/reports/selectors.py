"""Finding reports by their key, and what became of them."""

from moderation.models import Appeal, Decision, Report


def tracked(key: str) -> Report | None:
    """Return the report that this key opens, with its case."""
    return Report.objects.select_related("case").filter(key=key).first()


def outcome_of(report: Report) -> Decision | None:
    """Return what was decided last about what was reported; None while nothing was."""
    found = report.case.decisions.filter(created_at__gte=report.created_at)
    return found.order_by("-pk").first()


def appeal_of(report: Report) -> Appeal | None:
    """Return the newest appeal of whoever reported."""
    return report.appeals.order_by("-pk").first()
