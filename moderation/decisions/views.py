"""What was decided about somebody's things, and why: for whom it touches alone."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.lib.paging import before_of, page
from moderation.decisions import presenters, selectors
from moderation.talks.selectors import talks_with

TALKS_MOST = 20


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that was decided about one's own, newest first."""
    rows = selectors.decisions_of(request.user, before_of(request))
    found = page(rows, lambda row: row.pk.hex)
    selectors.carry_making(found.rows)
    talks = talks_with(request.user)[:TALKS_MOST]
    context = {"lines": [presenters.line(row) for row in found.rows], "next_url": found.next_url}
    context["talks"] = talks
    return _private(render(request, "moderation/decisions/mine.html", context))


@require_safe
def decision(request: HttpRequest, key: str) -> HttpResponse:
    """One decision, for whoever has its letter: also who cannot sign in any more reads it."""
    found = selectors.opened_by_key(key)
    if found is None:
        raise Http404
    selectors.carry_making([found])
    context = {"line": presenters.line(found)}
    return _private(render(request, "moderation/decisions/decision.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
