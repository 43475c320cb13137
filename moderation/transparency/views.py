"""What moderators have done, in figures, for everybody: as a page, as JSON, as CSV."""

import csv
from dataclasses import asdict
from itertools import groupby

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from moderation.transparency.selectors import kept_figures, kept_marks

NAMES = ("year", "name", "kind", "value")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show them, newest year first."""
    years = [(year, list(found)) for year, found in groupby(kept_figures(), lambda one: one.year)]
    count, alone = kept_marks()
    words = {"years": years, "alone_count": count, "alone": alone}
    return render(request, "moderation/transparency/transparency.html", words)


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """Tell them to programs."""
    count, alone = kept_marks()
    told = {"count": count, "newest": [asdict(one) for one in alone]}
    return JsonResponse({"figures": [asdict(one) for one in kept_figures()], "alone": told})


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Give them to a table."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="transparency.csv"'
    rows = csv.DictWriter(response, NAMES)
    rows.writeheader()
    rows.writerows(asdict(one) for one in kept_figures())
    return response
