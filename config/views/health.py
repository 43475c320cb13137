"""Is the site well? For a load balancer, and in detail for staff."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.lib.health import findings


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Return 200 `ok` or `degraded`, or 503 `red`; staff also read each finding.

    A full disk is `degraded`: listening goes on, so no load balancer should turn people away.
    """
    staff = getattr(request.user, "acts_as_staff", False)
    found = findings(vital_only=not staff)
    levels = {finding.level for finding in found}
    status = "red" if "red" in levels else "degraded" if "warn" in levels else "ok"
    answer: dict[str, Any] = {"status": status}
    if staff:
        answer["checks"] = [asdict(finding) for finding in found]
    return JsonResponse(answer, status=503 if status == "red" else 200)
