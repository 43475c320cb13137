"""Where an owner says what machines may read, and where everybody reads what is reserved."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assistant.consent import services
from assistant.consent.formats import ai_txt, tdmrep
from assistant.consent.forms import ConsentForm
from assistant.consent.registry import providers
from assistant.consent.selectors import choice_of, said_otherwise
from config.lib.problems import Problem
from tracks.models import Track

FOR_AN_HOUR = {"Cache-Control": "public, max-age=3600"}


@require_http_methods(["GET", "POST"])
@login_required
def machines(request: HttpRequest, slug: str) -> HttpResponse:
    """Say where one's own piece may be read by a machine."""
    track = get_object_or_404(Track, owner=request.user, slug=slug)
    choice = choice_of(track.pk)
    form = ConsentForm(request.POST or None, choice=choice)
    if form.is_bound and form.is_valid():
        try:
            services.say(track=track, by=request.user, **form.cleaned_data)
            messages.success(request, "Saved.")
            return redirect("track-machines", track.slug)
        except Problem as refusal:
            form.refuse(refusal)
    context = {"track": track, "form": form, "choice": choice, "labels": providers()}
    status = 422 if form.errors else 200
    return render(request, "assistant/consent/machines.html", context, status=status)


@require_safe
def reservation(_request: HttpRequest) -> HttpResponse:
    """What is reserved here, for programs (TDMRep)."""
    rules = tdmrep(track.get_absolute_url() for track in said_otherwise())
    return JsonResponse(rules, safe=False, headers=FOR_AN_HOUR)


@require_safe
def ai(request: HttpRequest) -> HttpResponse:
    """What is reserved here, for crawlers that look for ai.txt."""
    text = ai_txt(request.build_absolute_uri("/"))
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=FOR_AN_HOUR)
