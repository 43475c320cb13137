"""One's own page: its colour, its header, and what is for the press."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.problems import Problem
from media_pipeline.storage import get_storage
from social.models import ArtistPage, ArtistPicture, PageSection
from social.profiles import presenters
from social.profiles import services as profiles
from social.profiles.forms import PageForm, PictureForm


@require_http_methods(["GET", "POST"])
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Change what one's page looks like and says to the press."""
    row = ArtistPage.objects.filter(user=request.user.pk).first()
    form = PageForm(request.POST or None, instance=row or ArtistPage())
    if request.method == "POST" and form.is_valid():
        profiles.describe(by=request.user, words=form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, "Saved.")
        return redirect("artist-page")
    context = presenters.editor(request.user) | {"form": form, "new": PictureForm()}
    status = 422 if form.errors else 200
    return render(request, "social/profiles/page_edit.html", context, status=status)


@require_POST
@login_required
def move(request: HttpRequest, section: str) -> HttpResponse:
    """Let one section of the page stand at another place (`to`, from 0)."""
    if section not in PageSection.values:
        raise Http404
    to = request.POST.get("to", "")
    place = int(to) if to.isascii() and to.isdigit() and len(to) < 3 else 0
    profiles.arrange(by=request.user, section=PageSection(section), to=place)  # type: ignore[arg-type]
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return redirect(f"{reverse('artist-page')}#sections")


@require_POST
@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Add a picture for the press, or put another header above the page."""
    form, header = PictureForm(request.POST), request.POST.get("for") == "header"
    file = request.FILES.get("file")
    words = form.cleaned_data if form.is_valid() else {}
    try:
        if file is None:
            raise Problem("no-file", "Choose a picture first.")
        if not header and not words.get("alt"):
            raise Problem("no-words", "Say what is to be seen on the picture.")
        data: Any = file.read(profiles.MOST_BYTES + 1)
        name = file.name or "picture"
        given: dict[str, Any] = {} if header else words
        profiles.add(by=request.user, data=data, filename=name, words=given, header=header)  # type: ignore[arg-type]
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect("artist-page")


@require_POST
@login_required
def change(request: HttpRequest, picture_id: UUID) -> HttpResponse:
    """Say something else of a picture, or take it away."""
    own = ArtistPicture.objects.filter(user=request.user.pk)
    found = get_object_or_404(own, pk=picture_id)
    form = PictureForm(request.POST)
    if request.POST.get("do") == "remove":
        profiles.remove(picture=found, by=request.user)  # type: ignore[arg-type]
    elif form.is_valid():
        profiles.reword(picture=found, by=request.user, words=form.cleaned_data)  # type: ignore[arg-type]
    else:
        messages.error(request, "Choose a licence, and write at most 300 letters.")
    return redirect("artist-page")


@require_safe
@login_required
def original(request: HttpRequest, picture_id: UUID) -> HttpResponse | FileResponse:
    """The file as its owner has sent it."""
    own = ArtistPicture.objects.filter(user=request.user.pk).select_related("asset")
    found = get_object_or_404(own, pk=picture_id)
    data = get_storage().read(found.asset.key)
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{found.pk}.original"'
    response["Cache-Control"] = "private, no-store"
    return response
