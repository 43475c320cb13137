"""What an artist was given: a page with plots and tables, and all of it as CSV."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.lib.paging import before_of
from economics import days, tables
from economics.earnings import formats, presenters, selectors

PAGE = "economics/earnings/mine.html"


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """By month, by piece, by charity, and who gave it."""
    day = days.read_day(request.GET.get("day", ""))
    words = presenters.page(request.user, day, before_of(request))
    response = render(request, PAGE, words)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@login_required
def as_csv(request: HttpRequest) -> HttpResponse:
    """Each amount, oldest first."""
    rows = (formats.row(*one) for one in selectors.all_of(request.user))
    return tables.csv_answer("earnings.csv", formats.COLUMNS, rows)
