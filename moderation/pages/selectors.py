"""What the pages of the site's own say: what its operator wrote, else what comes along."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from moderation.models import PageText
from moderation.models.strike import POLICY

SHOWN = "page-texts"  # by which kept pages of these are forgotten
GAP = "[your "  # where a text that comes along waits for the operator's own words


@dataclass(frozen=True)
class Told:
    """What a page says. Number 0, of no day, is what comes with Nexus."""

    page: str
    number: int
    words: str
    changed_at: datetime | None

    @property
    def is_own(self) -> bool:
        """Tell whether the operator has written it."""
        return self.number > 0


def newest(page: str) -> PageText | None:
    """Return the newest version that was written here. One query."""
    return PageText.objects.filter(page=page).order_by("-number").first()


def current(page: str) -> Told:
    """Return what a page says now. One query."""
    row = newest(page)
    return told(row) if row else Told(page, 0, along(page), None)


def numbered(page: str, number: int) -> Told | None:
    """Return what a page said in one of its versions; None where there is no such one."""
    row = PageText.objects.filter(page=page, number=number).first()
    return told(row) if row else None


def versions_of(page: str) -> list[PageText]:
    """Return the versions of a page, newest first, without their words. One query."""
    return list(PageText.objects.filter(page=page).defer("words", "by").order_by("-number")[:100])


def told(row: PageText) -> Told:
    """Return a version as it is told."""
    return Told(row.page, row.number, row.words, row.created_at)


def along(page: str) -> str:
    """Return what comes with Nexus: terms that hold as they are, a draft of how to reach one."""
    words = {
        "site_name": settings.SITE_NAME,
        "held_first": max(0, settings.NEXUS_HOLD_FIRST_UPLOADS),
        "policy": POLICY,
    }
    return render_to_string(f"moderation/pages/{page}.md", words).strip()
