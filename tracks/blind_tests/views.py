"""The results of blind tests, and the door through which X is heard."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config.lib.paging import before_of
from config.lib.problems import Problem, json_response
from media_pipeline.delivery.paths import NEVER
from tracks.blind_tests import media as blind_media
from tracks.blind_tests.selectors import results_of
from tracks.models import Track


@require_safe
@login_required
def blind_tests(request: HttpRequest, slug: str) -> HttpResponse:
    """Who compared which versions of one's own piece without seeing, and how it went."""
    track = get_object_or_404(Track, owner=request.user, slug=slug)
    before = before_of(request)
    found = results_of(track, before)
    context = {"track": track, "tests": found.rows, "next_url": found.next_url, "before": before}
    return render(request, "tracks/blind_tests/blind_tests.html", context)


@require_safe
def blind_media_file(
    request: HttpRequest, test: UUID, trial: int, expiry: int, signature: str, path: str
) -> HttpResponse:
    """One file of X, under an address that does not tell what X is."""
    x = blind_media.find_x(test, trial, expiry, signature, path)
    if x is None:
        return json_response(Problem("not-found", "There is nothing here.", status=404))
    if not blind_media.has_room(test):
        refusal = json_response(Problem("throttled", "Too much at once. Wait.", status=429))
        refusal.headers["Retry-After"] = "10"
        return refusal
    try:
        body = x.read()
    except FileNotFoundError:
        return json_response(Problem("not-found", "There is nothing here.", status=404))
    return HttpResponse(body, content_type=x.item.content_type, headers={"Cache-Control": NEVER})
