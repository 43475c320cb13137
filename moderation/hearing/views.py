"""Handing a moderator what they asked to hear: to be played once, and kept nowhere."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from config.lib.admin import refuse
from config.lib.problems import Problem
from media_pipeline.steps.excerpt import CONTENT_TYPE
from moderation.cases.rules import may_see
from moderation.hearing import services
from moderation.models import Case
from social.notes.forms import MomentField


def hear(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer with the sound, or go back to the case and say why not."""
    if not may_see(request.user):
        raise PermissionDenied
    case = get_object_or_404(Case.objects.select_related("person"), pk=key)
    by: Any = request.user
    try:
        version, at_ms = _asked(request)
        sound = services.hear(case=case, by=by, version=version, at_ms=at_ms)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    except Problem as refusal:
        refuse(request, refusal)
    else:
        return _sound(sound)
    return HttpResponseRedirect(reverse("admin:moderation_case_change", args=[case.pk]))


def _asked(request: HttpRequest) -> tuple[UUID, int]:
    try:
        version = UUID(request.POST.get("version", ""))
    except ValueError as error:
        raise Http404 from error
    at_ms = MomentField(max_length=12, required=False).clean(request.POST.get("at", ""))
    return version, at_ms or 0


def _sound(data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = "inline"
    response["Accept-Ranges"] = "none"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
