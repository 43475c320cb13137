"""Charities, what was given for them and sent on, for everybody."""

from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config.lib.page_cache import cacheable, shows
from economics import days
from economics.charities import presenters, selectors
from economics.charities.services import PAGES
from economics.models import Charity
from media_pipeline.storage import get_storage


@require_safe
@cacheable("day")
def charities(request: HttpRequest) -> HttpResponse:
    """All of them, with their totals."""
    shows(PAGES)
    day, before = _as_of(request)
    words = {"charities": presenters.all_of(before), "day": day}
    return render(request, "economics/charities/charities.html", words)


@require_safe
@cacheable("day")
def charity(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them: its totals, and each run with the files that prove it."""
    shows(PAGES)
    found, (day, before) = get_object_or_404(Charity, slug=slug), _as_of(request)
    words = {
        "told": presenters.one_of(found, before),
        "runs": selectors.runs(found),
        "day": day,
    }
    return render(request, "economics/charities/charity.html", words)


@require_safe
def receipt(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """A receipt file, to be kept: no browser opens what a stranger may have written."""
    found = selectors.receipt(slug, key)
    if found is None:
        raise Http404
    try:
        data = get_storage().read(found.key)
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = HttpResponse(data, content_type=found.mime)
    ending = found.key.rpartition(".")[2]
    response["Content-Disposition"] = f'attachment; filename="{found.pk}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _as_of(request: HttpRequest) -> tuple[date | None, datetime | None]:
    day = days.read_day(request.GET.get("day", ""))
    return day, days.end_of(day) if day else None
