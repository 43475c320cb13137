"""Where an artist says how they are paid."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from config.lib.problems import Problem
from economics.pay_links import selectors, services
from economics.pay_links.forms import PayLinkForm

PAGE = "economics/pay_links/mine.html"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """All of one's own, and a form for one more."""
    form, person = PayLinkForm(request.POST or None), _person(request)
    if request.method == "POST" and form.is_valid():
        try:
            services.add(by=person, **form.cleaned_data)
            return redirect("my-pay-links")
        except Problem as refusal:
            form.add_error(refusal.extra.get("field"), refusal.detail)
    status = 422 if form.is_bound else 200
    words = {"links": selectors.own(person), "form": form}
    response = render(request, PAGE, words, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one on the page of the artist, hide it, or take it away."""
    row = selectors.find_own(request.user, key)
    if row is None:
        raise Http404
    if request.POST.get("do") == "remove":
        services.remove(row)
        messages.success(request, "Taken away.")
    else:
        services.show(row, is_public=request.POST.get("do") == "show")
    return redirect("my-pay-links")


def _person(request: HttpRequest) -> Any:
    return request.user
