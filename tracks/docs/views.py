"""What programs can rely on, written from what the site itself goes by."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.lib.page_cache import cacheable
from media_pipeline.events.registry import KINDS


@require_safe
@cacheable()
def events(request: HttpRequest) -> HttpResponse:
    """List every kind of event, and the ids that come with it."""
    kinds = sorted(KINDS.values(), key=lambda kind: kind.name)
    return render(request, "tracks/docs/events.html", {"kinds": kinds})
