"""The page on which somebody gives: to an artist, for a piece, or to the site."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from config.lib.client import client_key
from config.lib.problems import Problem
from economics.contributions.selectors import can_be_given_to
from economics.contributions.views import private
from economics.giving import presenters, selectors
from economics.giving.forms import MONTHLY, ChangeForm, SharesForm, SupportForm
from economics.giving.selectors import Target
from economics.giving.services import Wish, change_pledge, give
from economics.models import Contribution
from economics.pledges import selectors as pledges
from economics.pledges.presenters import monthly
from social.models import User
from social.viewers import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest) -> HttpResponse:
    """Give to what `for` names (`person:<handle>`, `track:<id>`), or to the site."""
    target = _target(request)
    if target.artist and not can_be_given_to(target.artist):
        return private(render(request, "economics/giving/closed.html", {"target": target}))
    is_part = request.GET.get("part") == "form"  # what a page shows in a dialog
    words = {"auto_id": "give_%s"} if is_part else {}
    form = SupportForm(request.POST or None, target=target, person=request.user, **words)
    status = 200
    if request.method == "POST":
        made = _given(request, form, target) if form.is_valid() else None
        if isinstance(made, Contribution):
            return redirect("contribution", made.key)
        status = made.status if made and made.status == 429 else 422
    context = presenters.page(form, target, request, is_part=is_part)
    page = "_dialog" if is_part else "support"
    return private(render(request, f"economics/giving/{page}.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, id: UUID) -> HttpResponse:
    """Change amount, shares and charity of what one gives each month."""
    found = pledges.find_own(request.user, id)
    if found is None:
        raise Http404
    form = ChangeForm(request.POST or None, pledge=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_pledge(found, form.cleaned_data, by=request.user)  # type: ignore[arg-type]
            messages.success(request, "Changed. It holds from the next month on.")
            return redirect("giving")
        except Problem as refusal:
            _say(form, refusal)
    name = found.artist.name if found.artist else ""
    context = {"form": form, "pledge": monthly(found), **presenters.shares(form, name)}
    status = 422 if form.is_bound else 200
    return private(render(request, "economics/giving/change.html", context, status=status))


def _target(request: HttpRequest) -> Target:
    about = request.GET.get("for", "")
    if not about:
        return Target()
    name, _, key = about.partition(":")
    found = selectors.find(viewer_of(request, request.GET.get("token", "")), name, key)
    if found is None:
        raise Http404
    return found


def _given(request: HttpRequest, form: SupportForm, target: Target) -> Contribution | Problem:
    words = form.cleaned_data
    wish = Wish(
        amount=words["minor"],
        artist=target.artist,
        track=target.track,
        release=target.release,
        is_monthly=words.get("how_often") == MONTHLY,
        is_public=words.get("is_public", False),
        **{name: words[name] for name in ("artist_bp", "charity_bp", "platform_bp", "charity")},
        **{name: words[name] for name in ("message", "country", "provider")},
    )
    by = request.user if isinstance(request.user, User) else None
    try:
        return give(wish, by=by, source=client_key(request), once=words["once"])
    except Problem as refusal:
        _say(form, refusal)
        return refusal


def _say(form: SharesForm, refusal: Problem) -> None:
    field: Any = refusal.extra.get("field")
    is_shown = field in form.fields and not form[field].is_hidden
    form.add_error(field if is_shown else None, refusal.detail)
