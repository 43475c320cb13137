"""The rows of reports, decisions and appeals."""

from collections.abc import Mapping

from django.core.cache import cache
from django.urls import reverse

from moderation.models import Decision, PageText, Report, Talk
from moderation.verification import services
from tests.contracts.permissions import Row
from tests.factories.moderation import decide, make_report, write_to, write_to_reporter
from tracks.models import Track

REPORT = {"kind": "hate", "description": "Listen."}
VERIFY = {"method": "dns", "subject": "example.org"}
APPEAL = {"text": "It quotes."}
# Whoever has a report's or a decision's key opens its page, whoever they are.
ROWS = [
    Row("report", "GET", "public", 200, 200, 200, 200),
    Row("report", "GET", "private", 404, 404, 200, 404),
    Row("report", "POST", "public", 302, 302, 302, 302, REPORT),
    Row("report", "POST", "private", 404, 404, 302, 404, REPORT),
    Row("report-track", "GET", "", 200, 200, 200, 200),
    Row("report-appeal", "POST", "", 302, 302, 302, 302, APPEAL),
    Row("decision", "GET", "", 200, 200, 200, 200),
    Row("decision-appeal", "POST", "", 302, 302, 302, 302, APPEAL),
    Row("talk", "GET", "", 200, 200, 200, 200),
    Row("talk", "POST", "", 302, 302, 302, 302, APPEAL),
    Row("report-talk", "POST", "", 302, 302, 302, 302, APPEAL),
    Row("api-my-talks", "GET", "", 401, 200, 200, 200),
    Row("api-talk-answer", "POST", "", 401, 404, 400, 404),
    Row("my-decisions", "GET", "", 302, 200, 200, 200),
    *(
        Row(route, "GET", "", 200, 200, 200, 200)
        for route in ("repeat-infringers", "transparency", "transparency-json", "transparency-csv")
    ),
    *(
        Row(route, "GET", "", 200, 200, 200, 200)
        for route in ("terms", "contact", "api-terms", "api-contact")
    ),
    Row("terms-version", "GET", "", 200, 200, 200, 200),
    Row("attestation", "GET", "", 200, 200, 200, 200),
    Row("api-reports", "POST", "", 400, 400, 400, 400),
    Row("api-my-decisions", "GET", "", 401, 200, 200, 200),
    Row("api-decision-appeal", "POST", "", 401, 404, 400, 404),
    Row("my-verifications", "GET", "", 302, 200, 200, 200),
    Row("my-verifications", "POST", "", 302, 302, 302, 302, VERIFY),
    Row("my-verification", "GET", "", 302, 404, 200, 404),
    Row("my-verification-check", "POST", "", 302, 404, 302, 404),
    Row("my-verification-give-up", "POST", "", 302, 404, 302, 404),
    Row("api-my-verifications", "GET", "", 401, 200, 200, 200),
    Row("api-my-verifications", "POST", "", 401, 400, 400, 400),
    Row("api-my-verification", "GET", "", 401, 404, 200, 404),
    Row("api-my-verification", "DELETE", "", 401, 404, 204, 404),
    Row("api-my-verification-check", "POST", "", 401, 404, 202, 404),
]


def address(route: str, on: str, tracks: Mapping[str, Track]) -> str | None:
    """Return where a route of this table leads; None for other routes."""
    public = tracks["public"]
    match route:
        case "report":
            return f"{reverse(route)}?about=track:{tracks[on].pk}"
        case "talk":
            return reverse(route, args=[_talk(public).key])
        case "api-talk-answer":
            return reverse(route, args=[_talk(public).pk])
        case "report-talk":
            return reverse(route, args=[write_to_reporter(_report(public)).talk.report.key])
        case "report-track" | "report-appeal":
            return reverse(route, args=[_report(public).key])
        case "decision" | "decision-appeal":
            return reverse(route, args=[_decision(public).key])
        case "terms-version":
            return reverse(route, args=[_version().number])
        case "api-decision-appeal":
            return reverse(route, args=[_decision(public).pk])
    if route.startswith(("my-verification", "api-my-verification")) and not route.endswith("s"):
        row = services.begin(person=public.owner, method="dns", subject="a.example")
        return reverse(route, args=[row.pk])
    return None


def _report(track: Track) -> Report:
    """Return a report of the public track that nothing was done about."""
    if found := Report.objects.filter(case__target_id=track.pk).first():
        return found
    cache.clear()
    report = make_report(track)
    decide(track, Decision.Kind.NO_ACTION)
    return report


def _talk(track: Track) -> Talk:
    """Return a talk with the owner of the track, in which it is their turn."""
    cache.clear()
    return write_to(_decision(track).case).talk


def _decision(track: Track) -> Decision:
    """Return a decision that closes nothing."""
    found = Decision.objects.filter(kind="warn", target_id=track.pk).first()
    return found or decide(track, Decision.Kind.WARN)


def _version() -> PageText:
    """Return a version of the terms."""
    words = {"page": PageText.Page.TERMS, "number": 1}
    return PageText.objects.get_or_create(**words, defaults={"words": "Be kind."})[0]
