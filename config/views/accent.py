"""A cover's colour as a style sheet: the policy allows no `style=` attribute."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

HEX = re.compile(r"[0-9a-f]{6}")


@require_safe
def css(request: HttpRequest, colour: str) -> HttpResponse:
    """Return the accent `colour` (six small hex digits) as a custom property, for good."""
    if not HEX.fullmatch(colour):
        raise Http404
    return HttpResponse(
        f":root{{--music:#{colour}}}\n",
        content_type="text/css",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )
