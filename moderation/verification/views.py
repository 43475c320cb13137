"""Where somebody shows who they are."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from config.lib.problems import Problem
from moderation.models import Verification
from moderation.verification import presenters, selectors, services
from moderation.verification.forms import VerifyForm

PAGE = "moderation/verification/mine.html"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Everything one has asked for, and a form for one more."""
    form = VerifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.begin(person=_person(request), **form.cleaned_data)
            return redirect("my-verifications")
        except Problem as refusal:
            form.add_error(refusal.extra.get("field"), refusal.detail)
    status = 422 if form.is_bound else 200
    return _private(render(request, PAGE, _lines(request) | {"form": form}, status=status))


@require_POST
@login_required
def check(request: HttpRequest, key: UUID) -> HttpResponse:
    """Have one looked at; the page shows what was found as soon as it is known."""
    try:
        services.ask(row=_own(request, key), by=_person(request))
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect("my-verifications")


@require_POST
@login_required
def give_up(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take one back."""
    services.give_up(row=_own(request, key), by=_person(request))
    messages.success(request, "Taken back.")
    return redirect("my-verifications")


@require_http_methods(["GET", "HEAD"])
@login_required
def line(request: HttpRequest, key: UUID) -> HttpResponse:
    """One of them alone, for a page that waits for what is found."""
    context = {"line": presenters.line(_own(request, key))}
    return _private(render(request, "moderation/verification/_line.html", context))


def _person(request: HttpRequest) -> Any:
    return request.user


def _lines(request: HttpRequest) -> dict[str, object]:
    return {"lines": [presenters.line(row) for row in selectors.own(request.user)]}


def _own(request: HttpRequest, key: UUID) -> Verification:
    found = selectors.find_own(request.user, key)
    if found is None:
        raise Http404
    return found


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
