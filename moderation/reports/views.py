"""The page on which anything is reported, and the one that tells how a report stands."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from config.lib.client import client_key
from config.lib.problems import Problem
from moderation import things
from moderation.models import Report
from moderation.reports import addresses, presenters, selectors
from moderation.reports.forms import AddressForm, ReportForm
from moderation.reports.services import report as take
from social.models import User
from social.viewers import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Say what is wrong with what `about` names (`track:<id>`); `token` opens what has a key."""
    if "about" not in request.GET:
        return _private(_by_address(request))
    kind, row = _about(request)
    at = request.GET.get("at", "")
    form = ReportForm(request.POST or None, about=kind, initial={"at": at[:12]})
    status = 200
    if request.method == "POST":
        made = _taken(request, form, kind, row) if form.is_valid() else None
        if isinstance(made, Report):
            return _private(redirect(made))
        status = made.status if made else 422
    context = {"form": form, "kind": kind, "title": things.title_of(kind, row), "row": row}
    return _private(render(request, "moderation/reports/report.html", context, status=status))


def _by_address(request: HttpRequest) -> HttpResponse:
    """Ask for the address of what is to be reported, and lead there."""
    form = AddressForm(request.GET or None)
    if form.is_valid():
        if found := addresses.find(request, form.cleaned_data["address"]):
            words = dict(zip(("about", "token"), found, strict=True))
            return redirect(f"{reverse('report')}?{urlencode(words)}")
        form.add_error("address", "Nothing that can be reported is at this address, or not to you.")
    status = 422 if form.errors else 200
    context = {"form": form}
    return render(request, "moderation/reports/by_address.html", context, status=status)


@require_safe
def track(request: HttpRequest, key: str) -> HttpResponse:
    """Tell whoever has the link of a report how it stands."""
    found = selectors.tracked(key)
    if found is None:
        raise Http404
    context = presenters.standing(found) | {"address": request.build_absolute_uri()}
    return _private(render(request, "moderation/reports/standing.html", context))


def _about(request: HttpRequest) -> tuple[things.Kind, Any]:
    name, _, key = request.GET.get("about", "").partition(":")
    viewer = viewer_of(request, request.GET.get("token", ""))
    try:
        found = things.find_seen(name, UUID(key), viewer)
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found


def _taken(request: HttpRequest, form: ReportForm, kind: things.Kind, row: Any) -> Report | Problem:
    words = form.cleaned_data
    try:
        return take(
            kind=kind,
            row=row,
            reason=words["kind"],
            words=words["description"],
            at_ms=words.get("at"),
            source=client_key(request),
            reporter=request.user if isinstance(request.user, User) else None,
        )
    except Problem as refusal:
        field = refusal.extra.get("field")
        form.add_error("at" if field == "at_ms" else field, refusal.detail)
        return refusal if refusal.status == 429 else Problem(refusal.type, "", status=422)


def _private(response: HttpResponse) -> HttpResponse:
    """Keep a page whose address is a key, or that is somebody's own, out of every cache."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
