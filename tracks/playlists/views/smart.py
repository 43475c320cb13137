"""Writing the rules of a smart playlist, and seeing what they choose."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tracks.criteria import language
from tracks.models import Playlist
from tracks.playlists import presenters
from tracks.playlists.forms import RulesForm
from tracks.playlists.services import smart

PAGE = "tracks/playlists/rules_edit.html"


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Give a new one its title and its rules."""
    form = RulesForm.sent(request.POST) if request.method == "POST" else RulesForm.of(None)
    if request.POST.get("do") == "save":
        criteria, title = form.criteria(), form.named()
        if criteria and title:
            return redirect(smart.make(by=request.user, title=title, criteria=criteria))
    return _page(request, form, {"playlist": None})


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what its rules choose."""
    own = Playlist.objects.filter(owner=request.user, rules__isnull=False)
    playlist: Any = get_object_or_404(own, slug=slug)
    form = RulesForm.of(language.of(playlist.rules))
    if request.method == "POST":
        form = RulesForm.sent(request.POST)
    if request.POST.get("do") == "save" and (criteria := form.criteria()):
        smart.change(playlist=playlist, criteria=criteria, by=request.user)
        return redirect(playlist)
    return _page(request, form, {"playlist": playlist})


@require_POST
@login_required
def preview(request: HttpRequest) -> HttpResponse:
    """Show what the rules of a form choose for whoever writes them, as a part of its page."""
    form = RulesForm.sent(request.POST)
    context = presenters.preview(form.criteria(), request.user) | {"errors": form.errors}
    return render(request, "tracks/playlists/_preview.html", context)


def _page(request: HttpRequest, form: RulesForm, words: dict[str, Any]) -> HttpResponse:
    """Draw the form; who only asked for a row more or less is told of no mistakes yet."""
    asked = request.POST.get("do", "")
    criteria = form.criteria() if request.method == "GET" or asked in {"preview", "save"} else None
    if request.method == "GET" and criteria is None:
        form.errors.clear()
    context = presenters.rules_page() | presenters.preview(criteria, request.user) | words
    context |= {"form": form, "rows": form.shown(), "errors": form.errors}
    status = 422 if form.errors else 200
    return render(request, PAGE, context, status=status)
