"""Where one finds what one has deleted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.paging import before_of
from config.lib.problems import Problem
from tracks.bulk import MOST
from tracks.deleted import selectors, services


@require_safe
@login_required
def deleted(request: HttpRequest) -> HttpResponse:
    """What one has deleted within 30 days, to bring it back or to remove it for good."""
    found = selectors.deleted_of(request.user, before_of(request))
    context = {"rows": found.rows, "next_url": found.next_url}
    return render(request, "tracks/deleted/deleted.html", context)


@require_POST
@login_required
def restore(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """Bring one back."""
    try:
        thing = services.restore(thing=_own(request, kind, id), by=request.user)
    except Problem as refusal:
        messages.error(request, refusal.detail)
        return redirect("deleted")
    messages.success(request, f"“{thing.title}” is back.")
    return redirect(thing)


@require_POST
@login_required
def restore_many(request: HttpRequest) -> HttpResponse:
    """Bring back all that were chosen; what is gone by now is passed over."""
    done = 0
    for name in list(dict.fromkeys(request.POST.getlist("thing")))[:MOST]:
        try:
            kind, _, key = name.partition(":")
            services.restore(thing=_own(request, kind, UUID(key)), by=request.user)
            done += 1
        except (ValueError, Http404, Problem):
            continue
    if done:
        messages.success(request, f"{done} {'is' if done == 1 else 'are'} back.")
    else:
        messages.error(request, "Choose what you want to bring back.")
    return redirect("deleted")


@require_http_methods(["GET", "POST"])
@login_required
def remove(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """Ask once more, then remove one for good."""
    thing = _own(request, kind, id)
    if request.method == "GET":
        return render(request, "tracks/deleted/remove.html", {"thing": thing, "kind": kind})
    title = thing.title
    try:
        services.remove(thing=thing, by=request.user)
        messages.success(request, f"“{title}” is gone for good.")
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect("deleted")


def _own(request: HttpRequest, kind: str, key: UUID) -> Any:
    if kind not in selectors.MODELS:
        raise Http404
    return selectors.thing_of(request.user, kind, key)
