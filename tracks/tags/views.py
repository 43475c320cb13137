"""The doors of tags."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib import page_cache
from config.lib.page_cache import cacheable
from config.lib.paging import before_of
from config.lib.problems import Problem
from tracks.models import Tag, Track
from tracks.tags import presenters, selectors
from tracks.tags.rules import names_in
from tracks.tags.services import tagging


@require_safe
@cacheable("before")
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The music that has a tag; the address of a merged one leads on."""
    found = selectors.tag_named(slug)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    before = before_of(request)
    page_cache.shows("latest", f"tag:{found.pk}")
    page = selectors.tracks_of(found, request.user, before)
    if not page.rows and not before:
        raise Http404
    context = {"tag": found, "tracks": page.rows, "next_url": page.next_url}
    return render(request, "tracks/tags/tag.html", context)


@require_safe
@cacheable("kind", "after")
def tags(request: HttpRequest) -> HttpResponse:
    """All tags by their kind, or all of one kind."""
    page_cache.shows("tags")
    kind, after = request.GET.get("kind", ""), request.GET.get("after", "")[:80]
    return render(request, "tracks/tags/tags.html", presenters.tags_page(kind, after))


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Put tags on a track of one's own."""
    track = get_object_or_404(Track, owner=request.user, slug=slug)
    words, refusal = request.POST.get("tags", ""), ""
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        try:
            names = names_in(words)
            known = kind if kind in Tag.Kind.values else ""
            tagging.add_tags(tracks=[track], names=names, by=request.user, kind=known)
        except Problem as problem:
            refusal = problem.detail
        else:
            return redirect("track-tags", slug)
    context = presenters.edit_page(track, words, refusal)
    status = 422 if refusal else 200
    return render(request, "tracks/tags/edit.html", context, status=status)


@require_POST
@login_required
def act(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """Accept or refuse what is suggested, or take a tag away."""
    rows = selectors.rows_of(get_object_or_404(Track, owner=request.user, slug=slug))
    row = get_object_or_404(rows, pk=id)
    deed = request.POST.get("act", "")
    try:
        if deed == "remove":
            tagging.remove_tag(row=row, by=request.user)
        elif deed in {"accept", "refuse"}:
            tagging.decide(row=row, is_right=deed == "accept", by=request.user)
    except Problem as problem:
        messages.error(request, problem.detail)
    if request.POST.get("from") == "track":
        return redirect(row.track)
    return redirect("track-tags", slug)
