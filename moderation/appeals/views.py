"""Appealing: by the page of a decision, or by the page of a report."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from config.lib.problems import Problem
from moderation.appeals import services
from moderation.decisions.selectors import opened_by_key
from moderation.reports.selectors import outcome_of, tracked

TAKEN = "We have your appeal. A person looks at it and answers you here."


@require_POST
def appeal(request: HttpRequest, key: str) -> HttpResponse:
    """Appeal against the decision that this key opens, signed in or not."""
    decision = opened_by_key(key)
    if decision is None:
        raise Http404
    try:
        services.appeal(decision=decision, text=request.POST.get("text", ""))
        messages.success(request, TAKEN)
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect(decision)


@require_POST
def appeal_as_reporter(request: HttpRequest, key: str) -> HttpResponse:
    """Appeal against that nothing was done about what one has reported."""
    report = tracked(key)
    outcome = outcome_of(report) if report else None
    if report is None or outcome is None:
        raise Http404
    text = request.POST.get("text", "")
    try:
        services.appeal_as_reporter(report=report, decision=outcome, text=text)
        messages.success(request, TAKEN)
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect(report)
