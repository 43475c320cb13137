"""What programs can rely on, written from what the site itself goes by."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.lib.kept import RULES, by_fate
from config.lib.page_cache import cacheable
from media_pipeline.events.registry import KINDS


@require_safe
@cacheable()
def events(request: HttpRequest) -> HttpResponse:
    """List every kind of event, and the ids that come with it."""
    kinds = sorted(KINDS.values(), key=lambda kind: kind.name)
    return render(request, "tracks/docs/events.html", {"kinds": kinds})


@require_safe
@cacheable()
def kept(request: HttpRequest) -> HttpResponse:
    """Tell everybody what is kept of them, why, for how long, and what goes with an account."""
    groups = {fate.value: found for fate, found in by_fate().items()}
    context = {"groups": groups, "rules": RULES.values(), "days": settings.NEXUS_LEAVE_DAYS}
    return render(request, "tracks/docs/kept.html", context)
