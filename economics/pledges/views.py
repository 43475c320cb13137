"""What somebody gave and gives each month: looked at, changed, paused, ended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from config.lib.problems import Problem
from economics.contributions import presenters as contributions
from economics.contributions import selectors as given
from economics.contributions.views import private
from economics.models import Pledge
from economics.pledges import presenters, selectors, services

ACTS = {"pause": services.pause, "resume": services.resume, "cancel": services.cancel}
DONE = {"pause": "Paused.", "resume": "It goes on.", "cancel": "Ended. What you gave stays given."}


@require_safe
@login_required
def giving(request: HttpRequest) -> HttpResponse:
    """Everything one gave, and gives each month."""
    page = given.given_by(request.user, request.GET.get("before", ""))
    context = {
        "lines": [contributions.line(row) for row in page.rows],
        "pledges": [presenters.monthly(row) for row in selectors.own(request.user)],
        "next_url": page.next_url,
    }
    return private(render(request, "economics/pledges/giving.html", context))


@require_POST
@login_required
def act(request: HttpRequest, id: UUID, act: str) -> HttpResponse:
    """Pause what is given each month, go on with it, or end it."""
    found = _own(request, id)
    if act not in ACTS:
        raise Http404
    try:
        ACTS[act](found, by=_person(request))
        messages.success(request, DONE[act])
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect("giving")


def _own(request: HttpRequest, key: UUID) -> Pledge:
    found = selectors.find_own(request.user, key)
    if found is None:
        raise Http404
    return found


def _person(request: HttpRequest) -> Any:
    return request.user
