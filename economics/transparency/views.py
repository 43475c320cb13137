"""Where the money went, for everybody: as a page, as JSON, as CSV, with what checks a proof."""

import csv
from datetime import date
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.lib.page_cache import cacheable, shows
from economics.days import read_day
from economics.proofs import check
from economics.transparency import presenters

NAMES = ("month", "figure", "minor_units", "currency", "decimals")


@require_safe
@cacheable("day")
def page(request: HttpRequest) -> HttpResponse:
    """Show the figures as of a day, today's if none is named."""
    shows("money")
    asked = request.GET.get("day", "").strip()
    day = read_day(asked)
    wrong = asked if asked and day is None else ""
    return render(request, "economics/transparency/money.html", presenters.page(day, wrong))


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """Tell them to programs, with every batch: what a proof is checked against."""
    return JsonResponse(presenters.program(_day(request)))


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Give them to a table."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="money.csv"'
    rows = csv.writer(response)
    rows.writerow(NAMES)
    rows.writerows(presenters.table(_day(request)))
    return response


@require_safe
def script(request: HttpRequest) -> FileResponse:
    """Give the script that checks a proof: one file, which needs this site for nothing."""
    return FileResponse(
        Path(check.__file__).open("rb"),
        as_attachment=True,
        filename="check.py",
        content_type="text/x-python; charset=utf-8",
    )


def _day(request: HttpRequest) -> date | None:
    asked = request.GET.get("day", "")
    day = read_day(asked)
    if asked and day is None:
        raise Http404
    return day
