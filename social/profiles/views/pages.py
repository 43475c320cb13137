"""People's pages."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from config.lib.page_cache import cacheable, concerns, shows
from config.lib.paging import before_of
from config.lib.problems import Problem, json_response
from social.accounts import selectors
from social.profiles import presenters


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Lead to one's own page, from pages that do not know who is looking."""
    return redirect("profile", request.user.get_username())


@require_safe
def menu(request: HttpRequest) -> HttpResponse:
    """What is in one's own menu, for pages that do not know who is looking."""
    if not request.user.is_authenticated:
        return json_response(Problem("not-signed-in", "Sign in to do this.", status=403))
    response = render(request, "components/account_menu.html")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@cacheable("before")
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    """One person and what they have published."""
    if handle != handle.lower():
        return redirect("profile", handle.lower(), permanent=True)
    person = selectors.person(handle, request.user)
    if person is None:
        raise Http404
    shows(f"person:{person.pk}")
    concerns(request, person.pk)
    sections = presenters.of(person, request.user, before_of(request))
    rows = {section.kind: section.page.rows for section in sections}
    context = {
        "artist": person,
        "page": getattr(person, "artist_page", None),
        "tracks": rows["track"],
        "is_silent": not (rows["track"] or rows.get("release")),
        "own": person == request.user,
        "sections": sections,
    }
    return render(request, "social/profiles/profile.html", context)


@require_safe
@cacheable("before")
def section(request: HttpRequest, handle: str, kind: str) -> HttpResponse:
    """All releases or all playlists of one person, newest first."""
    person = selectors.person(handle.lower(), request.user)
    if person is None:
        raise Http404
    shows(f"person:{person.pk}")
    concerns(request, person.pk)
    found = presenters.one(kind, person, request.user, before_of(request))
    context = {"artist": person, "section": found, "own": person == request.user}
    return render(request, "social/profiles/section.html", context)
