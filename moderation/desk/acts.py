"""What a moderator does on the page of a case, beside deciding it: each a form of its own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from config.lib import typed
from config.lib.admin import refuse
from config.lib.problems import Problem
from moderation.bans import services as bans
from moderation.cases.rules import may_see
from moderation.custody import views as custody
from moderation.decisions import muting
from moderation.desk import services
from moderation.desk.selectors import Filters
from moderation.hearing.views import hear
from moderation.models import Case, Decision, Mute, Report, Strike, Talk
from moderation.mutes import services as mutes
from moderation.strikes import services as strikes
from moderation.suggestions import services as suggestions
from moderation.talks import services as talks

FILTERS = ("state", "reason", "target", "whose", "waiting")

Act = Callable[[HttpRequest, UUID], HttpResponseBase]


def moderator_of(request: HttpRequest) -> Any:
    """Return who asks; the admin has made sure that it is a member of the staff."""
    return request.user


def case_of(key: Any) -> Case:
    """Return a case by its id. Raises Http404."""
    try:
        wanted = key if isinstance(key, UUID) else UUID(key)
    except ValueError as error:
        raise Http404 from error
    rows = Case.objects.select_related("person", "assigned_to")
    return get_object_or_404(rows, pk=wanted)


def done(request: HttpRequest, case: Case, act: Any, sentence: str) -> HttpResponseRedirect:
    """Do what was asked; say that it is done, or why not, on the case's page."""
    if not may_see(request.user):
        raise PermissionDenied
    try:
        act()
    except Problem as refusal:
        refuse(request, refusal)
        typed.keep(request, request.path + request.POST.get("report", ""))
    else:
        if sentence:
            messages.success(request, sentence)
    return to_page(case)


def to_page(case: Case) -> HttpResponseRedirect:
    """Lead to the page of a case."""
    return HttpResponseRedirect(reverse("admin:moderation_case_change", args=[case.pk]))


def write(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write to the person, or to whoever made one of the reports."""
    case, by = case_of(key), moderator_of(request)
    report = _report(case, request.POST.get("report", ""))
    words = request.POST.get("words", "")
    act = talks.write
    return done(
        request, case, lambda: act(case=case, by=by, report=report, words=words), "Written."
    )


def propose(request: HttpRequest, key: UUID) -> HttpResponse:
    """Propose to the moderators that an account is banned."""
    case, by, words = case_of(key), moderator_of(request), request.POST.get("words", "")
    act, sentence = bans.propose, "Proposed: the moderators find it among the cases."
    return done(request, case, lambda: act(case=case, by=by, words=words), sentence)


def put_aside(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that an answer needs none."""
    talk = get_object_or_404(Talk.objects.select_related("case"), pk=key)
    by = moderator_of(request)
    return done(request, talk.case, lambda: talks.put_aside(talk=talk, by=by), "Put aside.")


def dismiss(request: HttpRequest, key: UUID) -> HttpResponse:
    """Dismiss what a machine has suggested; a case that has nothing else in it is closed."""
    case, by = case_of(key), moderator_of(request)
    return done(request, case, lambda: suggestions.dismiss(case=case, by=by), "Dismissed.")


def anew(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a version be made once more that could not be made again for a muted moment."""
    row = get_object_or_404(Decision.objects.select_related("case"), pk=key)
    by, act = moderator_of(request), muting.try_again
    sentence = "It is being made again."
    return done(request, row.case, lambda: act(decision=row, by=by), sentence)


def mute(request: HttpRequest, key: UUID) -> HttpResponse:
    """Warn or mute whoever made a report."""
    report = get_object_or_404(Report.objects.select_related("case", "reporter"), pk=key)
    by, facts = moderator_of(request), request.POST.get("words", "")
    if "warn" in request.POST:
        warn = mutes.warn
        return done(
            request, report.case, lambda: warn(report=report, by=by, facts=facts), "Warned."
        )
    days, act = request.POST.get("days", ""), mutes.mute
    return done(
        request, report.case, lambda: act(report=report, by=by, facts=facts, days=days), "Muted."
    )


def unmute(request: HttpRequest, key: UUID) -> HttpResponse:
    """End a mute before its time."""
    row = get_object_or_404(Mute.objects.select_related("report__case"), pk=key)
    by, facts = moderator_of(request), request.POST.get("words", "")
    if row.report is None:
        raise Http404
    act = mutes.lift
    return done(request, row.report.case, lambda: act(mute=row, by=by, facts=facts), "Heard again.")


def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a strike count no more, and go back to where it was read."""
    strike = get_object_or_404(Strike.objects.select_related("decision__case"), pk=key)
    case = case_of(request.POST.get("case", ""))
    by, why, act = moderator_of(request), request.POST.get("words", ""), strikes.withdraw
    return done(request, case, lambda: act(strike=strike, by=by, why=why), "Withdrawn.")


def read_filters(asked: Any) -> Filters:
    """Return the filters that an address or a form names; other words are left out."""
    return Filters(**{name: asked[name] for name in FILTERS if name in asked})


def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the filter that is shown, under a name."""
    by = moderator_of(request)
    if not may_see(by):
        raise PermissionDenied
    filters = read_filters(request.POST)
    try:
        services.save_filter(by=by, name=request.POST.get("name", ""), query=filters.query)
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return _to_queue(filters.query)


def forget_filter(request: HttpRequest, key: UUID) -> HttpResponse:
    """Forget one of one's filters."""
    if not may_see(request.user):
        raise PermissionDenied
    services.forget_filter(key=key, by=moderator_of(request))
    return _to_queue("")


def _to_queue(query: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('admin:moderation_case_changelist')}?{query}")


def _report(case: Case, key: str) -> Report | None:
    if not key:
        return None
    try:
        return get_object_or_404(case.reports.select_related("reporter"), pk=UUID(key))
    except ValueError as error:
        raise Http404 from error


ACTS: dict[str, Act] = {
    "write": write,
    "propose": propose,
    "aside": put_aside,
    "dismiss": dismiss,
    "mute": mute,
    "unmute": unmute,
    "unfilter": forget_filter,
    "hear": hear,
    "anew": anew,
    "keep": custody.keep,
    "bundle": custody.open_bundle,
    "letter": custody.letter,
    "release": custody.release,
}
