"""Where an owner answers what a machine proposes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assistant.models import Suggestion
from assistant.suggestions import presenters, selectors
from assistant.suggestions.services import deciding
from config.lib.problems import Problem

PAGE = "assistant/suggestions/suggestion.html"


@require_http_methods(["GET", "POST"])
@login_required
def decide(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take it, take it changed, or put it aside; a page of its own where that is refused."""
    row = selectors.find_own(request.user, id)
    if row is None:
        raise Http404
    context: dict[str, Any] = {"card": presenters.card(row), "track": row.track}
    if request.method == "POST":
        try:
            track = _done(request, row)
            return redirect(f"{reverse('track-edit', args=[track.slug])}#suggestions")
        except Problem as refusal:
            context |= {"refusal": refusal.detail, "said": request.POST.get("value", "")}
    return render(request, PAGE, context, status=422 if "refusal" in context else 200)


def _done(request: HttpRequest, row: Suggestion) -> Any:
    """Do what the pressed button says; return the piece as it is then. Raises Problem."""
    by: Any = request.user
    act = request.POST.get("act", "")
    if act == "dismiss":
        done, said = deciding.dismiss(suggestion=row, by=by), "It does not come back."
    elif act in {"take", "change"}:
        value = request.POST.get("value", "") if act == "change" else None
        done = deciding.accept(suggestion=row, by=by, value=value)
        said = "Taken." if isinstance(row.value, list) else "Taken. The history can undo it."
    else:
        raise Problem("invalid-input", "Take it, or put it aside.", status=422)
    messages.success(request, said)
    done.track.refresh_from_db(fields=["slug"])
    return done.track
