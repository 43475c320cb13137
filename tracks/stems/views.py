"""The stems of a version, for their owner: what they are, in which order, and more of them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tracks.models import Stem, TrackVersion
from tracks.stems import services
from tracks.stems.forms import StemForm
from tracks.stems.presenters import stem_data, stems_of

EARLIER, LATER = "earlier", "later"


@require_safe
@login_required
def stems(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Every stem of a version, with a form each, and where further ones are dropped."""
    return _page(request, _own_version(request, version_id))


@require_POST
@login_required
def describe(request: HttpRequest, stem_id: UUID) -> HttpResponse:
    """Say what a stem is: its role and title."""
    stem = _own(request, stem_id)
    form = StemForm(request.POST, instance=stem, prefix=f"stem-{stem.pk}")
    if not form.is_valid():
        return _page(request, _own_version(request, stem.version_id), wrong=form)
    services.describe(stem=stem, by=request.user, **form.cleaned_data)
    messages.success(request, "Saved.")
    return redirect("stems", stem.version_id)


@require_POST
@login_required
def move(request: HttpRequest, stem_id: UUID) -> HttpResponse:
    """Move a stem one place up or down."""
    stem = _own(request, stem_id)
    step = {EARLIER: -1, LATER: 1}.get(request.POST.get("to", ""), 0)
    services.move(stem=stem, by=request.user, to=services.place_of(stem) + step)
    return redirect("stems", stem.version_id)


@require_POST
@login_required
def delete(request: HttpRequest, stem_id: UUID) -> HttpResponse:
    """Remove a stem and its music."""
    stem = _own(request, stem_id)
    services.delete(stem=stem, by=request.user)
    messages.success(request, f"“{stem}” was deleted.")
    return redirect("stems", stem.version_id)


def _page(
    request: HttpRequest, version: TrackVersion, wrong: StemForm | None = None
) -> HttpResponse:
    rows = []
    for stem in stems_of(version):
        mine = wrong is not None and wrong.instance.pk == stem.pk
        form = wrong if mine else StemForm(instance=stem, prefix=f"stem-{stem.pk}")
        rows.append({"stem": stem, "form": form, "data": stem_data(stem, request.user)})
    context = {"version": version, "track": version.track, "rows": rows, "roles": Stem.Role.choices}
    return render(request, "tracks/stems/stems.html", context, status=422 if wrong else 200)


def _own_version(request: HttpRequest, version_id: UUID) -> TrackVersion:
    own = TrackVersion.objects.of_owner(request.user).select_related("track")
    return get_object_or_404(own, pk=version_id)


def _own(request: HttpRequest, stem_id: UUID) -> Stem:
    versions = TrackVersion.objects.of_owner(request.user)
    own = Stem.objects.select_related("media").filter(version__in=versions)
    return get_object_or_404(own, pk=stem_id)
