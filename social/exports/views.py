"""“Your data”: what is kept, an archive of it, and the way to fetch that."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from config.lib.kept import SECTIONS, Section
from config.lib.problems import Problem
from media_pipeline.delivery.paths import Item
from media_pipeline.delivery.responses import answer
from social.exports.presenters import lines_of
from social.exports.selectors import ready_export
from social.exports.services.beginning import begin
from social.exports.services.making import filename_of

PRIVATE = "private, no-store"
# What people look for stands above all else.
FIRST = ("tracks", "versions", "stems", "visuals", "releases", "playlists", "notes")


@require_safe
@login_required
def data(request: HttpRequest) -> HttpResponse:
    """What goes along, and the archives there are."""
    person: Any = request.user
    lines = lines_of(person)
    context = {
        "sections": sorted(SECTIONS.values(), key=_place),
        "lines": lines,
        "is_under_way": any(line.is_live for line in lines),
        "days": settings.NEXUS_EXPORT_DAYS,
    }
    return render(request, "social/exports/data.html", context)


def _place(section: Section) -> int:
    return FIRST.index(section.name) if section.name in FIRST else len(FIRST)


@require_POST
@login_required
def make(request: HttpRequest) -> HttpResponse:
    """Have an archive made."""
    person: Any = request.user
    try:
        begin(person=person)
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect("exports")


@require_safe
@login_required
def download(request: HttpRequest, export_id: UUID) -> HttpResponseBase:
    """Send an archive to whose data it is, whole or in part."""
    person: Any = request.user
    export = ready_export(person, export_id)
    if export is None:
        raise Http404
    export.user = person
    item = Item(export.key, "application/zip", PRIVATE, attachment=filename_of(export))
    try:
        response = answer(request, item, "")
    except FileNotFoundError as error:
        raise Http404 from error
    response.headers["Cache-Control"] = PRIVATE
    return response
