"""What is confirmed by whoever opens a piece to others, for everybody to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracks.attesting import TEXT, VERSION


@require_safe
def text(request: HttpRequest) -> HttpResponse:
    """Show the text, and what is kept of it."""
    words = {"text": TEXT, "version": VERSION}
    return render(request, "moderation/attestations/text.html", words)
