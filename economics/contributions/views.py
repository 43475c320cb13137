"""The page of a contribution, behind its key; what one gave, and what one was given."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from config.lib.problems import Problem
from economics.contributions import presenters, rules, selectors, services
from economics.models import Contribution
from social.models import User


@require_safe
def contribution(request: HttpRequest, key: str) -> HttpResponse:
    """Tell whoever has the key how it stands, and what to do next."""
    given = _found(key)
    context = {
        "line": presenters.line(given, with_ways=given.mode == Contribution.Mode.DIRECT),
        "given": given,
        "to_do": presenters.to_do(given),
        "may_cancel": rules.may_cancel(given),
        "address": request.build_absolute_uri(),
    }
    return private(render(request, "economics/contributions/contribution.html", context))


@require_POST
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Take it back before it has come in: whoever has the key does."""
    given = _found(key)
    by = request.user if isinstance(request.user, User) else None
    try:
        services.cancel(given.pk, by=by)
        messages.success(request, "Cancelled. Nothing is waited for any more.")
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect("contribution", key)


@require_safe
@login_required
def received(request: HttpRequest) -> HttpResponse:
    """Everything one was given as an artist; what was given directly waits for one's word."""
    page = selectors.given_to(request.user, request.GET.get("before", ""))
    context = {
        "lines": [presenters.line(row) for row in page.rows],
        "next_url": page.next_url,
        "is_closed": not selectors.can_be_given_to(_person(request)),
    }
    return private(render(request, "economics/contributions/received.html", context))


@require_POST
@login_required
def confirm(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say that what was given directly has come: the artist it is for does."""
    given = selectors.direct_to(request.user, id)
    if given is None:
        raise Http404
    try:
        reference = request.POST.get("reference", "").strip()[:200] or "confirmed by the artist"
        services.confirm(given.pk, reference=reference, by=_person(request))
        messages.success(request, "Confirmed. Whoever gave it is told.")
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect("received")


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page whose address is a key, or that is somebody's own, out of every cache."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _found(key: str) -> Contribution:
    found = selectors.by_key(key)
    if found is None:
        raise Http404
    return found


def _person(request: HttpRequest) -> Any:
    return request.user
