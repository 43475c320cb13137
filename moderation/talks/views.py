"""The page on which somebody reads what moderators wrote to them, and answers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from config.lib.problems import Problem
from moderation.models import Report, Talk
from moderation.talks import presenters, selectors, services

SENT = "Sent. A moderator reads it and answers here."


@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, key: str) -> HttpResponse:
    """Show the talk that this key opens, signed in or not; reporters read by their report."""
    found = selectors.opened_by_key(key)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _answered(request, found)
    if found.report:
        return _private(redirect(found))
    return _private(render(request, "moderation/talks/talk.html", presenters.told(found)))


@require_POST
def answer_as_reporter(request: HttpRequest, key: str) -> HttpResponse:
    """Answer by the key of one's report."""
    report = Report.objects.filter(key=key).first()
    found = selectors.talk_of(report) if report else None
    if found is None:
        raise Http404
    return _answered(request, found)


def _answered(request: HttpRequest, found: Talk) -> HttpResponseRedirect:
    try:
        services.answer(talk=found, words=request.POST.get("text", ""))
        messages.success(request, SENT)
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return HttpResponseRedirect(f"{found.get_absolute_url()}#talk")


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
