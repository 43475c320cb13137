"""Keeping apart, opening, telling the authority, releasing: forms on the page of a case."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from config.lib import origins, typed
from config.lib.admin import refuse
from config.lib.problems import Problem
from moderation.cases.rules import may_see
from moderation.custody import rules, services
from moderation.models import Case, Custody
from social.staff.services.codes import require_code


def keep(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Close what a case is about and keep it apart."""
    case = get_object_or_404(Case.objects.select_related("person"), pk=key)
    given, by = request.POST, _moderator(request)

    def act() -> HttpResponseBase:
        services.keep(
            case=case,
            by=by,
            reason=given.get("reason", ""),
            authority=given.get("authority", ""),
            days=_number(given.get("days", "")),
        )
        messages.success(request, "Kept apart. The bundle is being made; now tell the authority.")
        return _to_page(case)

    return _try(request, case, act, case.pk)


def open_bundle(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Hand out the bundle as a zip to somebody with the right, for a reason."""
    custody, by, reason = _custody(key), _moderator(request), request.POST.get("reason", "")

    def act() -> HttpResponseBase:
        stream = services.open_bundle(custody=custody, by=by, reason=reason)
        name = f"case-{custody.case_id}.zip"
        return _file(StreamingHttpResponse(stream, content_type="application/zip"), name)

    return _try(request, custody.case, act, custody.pk)


def letter(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Hand out the draft of a notification to the authority."""
    custody, by, reason = _custody(key), _moderator(request), request.POST.get("reason", "")

    def act() -> HttpResponseBase:
        words = services.draft_letter(custody=custody, by=by, reason=reason)
        words |= {"home": origins.home()}
        kind = "text/plain; charset=utf-8"
        drawn = render(request, "moderation/custody/letter.txt", words, content_type=kind)
        return _file(drawn, f"notification-{custody.case_id}.txt")

    return _try(request, custody.case, act, custody.pk)


def release(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """End the custody; what is kept goes."""
    custody, by, reason = _custody(key), _moderator(request), request.POST.get("reason", "")

    def act() -> HttpResponseBase:
        services.release(custody=custody, by=by, reason=reason)
        messages.success(request, "Released.")
        return _to_page(custody.case)

    return _try(request, custody.case, act, custody.pk)


def _try(
    request: HttpRequest, case: Case, act: Callable[[], HttpResponseBase], place: UUID
) -> HttpResponseBase:
    """Act, or say why not; `place` is whose form it was, which is given what was typed again."""
    if not may_see(request.user):
        raise PermissionDenied
    require_code(request)  # it removes something, or opens or ends what nothing brings back
    try:
        return act()
    except Problem as refusal:
        refuse(request, refusal)
        typed.keep(request, str(place), ("reason", "authority", "days"))
        return _to_page(case)


def _custody(key: UUID) -> Custody:
    rows = Custody.objects.select_related("case__person", "by")
    return get_object_or_404(rows, pk=key)


def _moderator(request: HttpRequest) -> Any:
    return request.user


def _number(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < 6 else (0 if word else rules.DAYS)


def _file(response: Any, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    answer: HttpResponse = response
    return answer


def _to_page(case: Case) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:moderation_case_change", args=[case.pk]))
