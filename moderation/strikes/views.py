"""The policy on repeat infringers, as it is carried out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from moderation.models.strike import POLICY


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Show it, drawn from the figures by which strikes are counted."""
    return render(request, "moderation/strikes/repeat_infringers.html", {"policy": POLICY})
