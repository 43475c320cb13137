"""The doors of names and credits."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib import page_cache
from config.lib.page_cache import cacheable
from config.lib.paging import before_of
from config.lib.problems import Problem
from tracks.credited import credits_of
from tracks.credits import forms, presenters, selectors
from tracks.credits.services import claims, crediting
from tracks.models import Credit, Name, Release, Track

THINGS: dict[str, Any] = {"track": Track, "release": Release}


@require_safe
@cacheable("role", "before")
def artist(request: HttpRequest, slug: str) -> HttpResponse:
    """A name, and everything that it is credited for."""
    name = selectors.name_of(slug, request.user)
    page_cache.concerns(request, *([name.account_id] if name.account_id else []))
    role = request.GET.get("role", "")
    context = presenters.name_page(name, request.user, role, before_of(request))
    return render(request, "tracks/credits/artist.html", context)


@require_safe
@cacheable("before")
def releases(request: HttpRequest, slug: str) -> HttpResponse:
    """All releases on which a name stands."""
    name = selectors.name_of(slug, request.user)
    page_cache.concerns(request, *([name.account_id] if name.account_id else []))
    context = presenters.releases_page(name, request.user, before_of(request))
    return render(request, "tracks/credits/artist_releases.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a name is one's own."""
    name = selectors.name_of(slug, request.user)
    refusal = ""
    if request.method == "POST":
        try:
            made = claims.claim(name=name, by=request.user, words=request.POST.get("words", ""))
        except Problem as problem:
            refusal = problem.detail
        else:
            messages.success(request, ANSWERS[made.state])
            return redirect(name)
    context = {"name": name, "refusal": refusal, "words": request.POST.get("words", "")}
    status = 422 if refusal else 200
    return render(request, "tracks/credits/claim.html", context, status=status)


ANSWERS = {
    "asked": "Thank you. A moderator looks at it, and you hear of it here.",
    "granted": "This name leads to your page now.",
    "refused": "This name leads to somebody else’s page already.",
}


@require_http_methods(["GET", "POST"])
@login_required
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """How one's own name is written, and its credits, each with or without a link to one's page."""
    name = _own_name(request, slug)
    if request.method == "POST":
        try:
            claims.rename(name=name, text=request.POST.get("name", ""), by=request.user)
        except Problem as problem:
            messages.error(request, problem.detail)
        return redirect("artist-own", slug)
    found = selectors.credits_of_account(name, before_of(request))
    context = {"name": name, "credits": found.rows, "next_url": found.next_url}
    return render(request, "tracks/credits/own.html", context)


@require_POST
@login_required
def give_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Let one's name lead nowhere any more."""
    name = _own_name(request, slug)
    claims.give_up(name=name, by=request.user)
    messages.success(request, f"“{name}” leads to your page no longer.")
    return redirect("profile", request.user.get_username())


@require_POST
@login_required
def link(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take the link to one's page off a credit, or put it there again."""
    own = Credit.objects.filter(name__account_id=request.user.pk).select_related("name")
    credit = get_object_or_404(own, pk=id)
    claims.set_link(credit=credit, is_linked=request.POST.get("link") == "on", by=request.user)
    return redirect("artist-own", credit.name.slug)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Say who made a track or a release."""
    thing = get_object_or_404(THINGS[kind].objects.filter(owner=request.user), slug=slug)
    if request.method == "GET":
        return _editor(request, thing, forms.as_said(credits_of(thing)))
    rows = forms.read(request.POST)
    if act := request.POST.get("act", ""):
        line = request.POST.get("line", "") if act == "read" else ""
        return _editor(request, thing, rows.after(f"read:{line}" if act == "read" else act))
    try:
        crediting.set_all(
            thing=thing, artists=rows.wanted_artists, credits=rows.wanted_credits, by=request.user
        )
    except Problem as problem:
        return _editor(request, thing, rows, problem.detail)
    messages.success(request, "Saved.")
    return redirect(thing)


def _editor(
    request: HttpRequest, thing: Track | Release, rows: forms.Editor, refusal: str = ""
) -> HttpResponse:
    context = forms.editor_page(thing, rows, refusal)
    status = 422 if refusal else 200
    return render(request, "tracks/credits/edit.html", context, status=status)


def _own_name(request: HttpRequest, slug: str) -> Name:
    name = (
        Name.objects.filter(slug=slug, account_id=request.user.pk).select_related("account").first()
    )
    if name is None:
        raise Http404
    return name
