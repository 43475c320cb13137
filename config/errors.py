"""What people and programs read when something is refused or goes wrong."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from config.lib.outages import RETRY_SECONDS, outage_of
from config.lib.problems import Problem, json_response

PAGES = {400, 403, 404, 413, 429}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _answer(request, 400, "bad-request", "This request could not be understood.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _answer(request, 403, "permission-denied", "You may not do this.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token does not match; it is safe to load the page again."""
    if _is_program(request):
        sentence = "This form is too old. Reload the page and send it again."
        return json_response(Problem("form-expired", sentence, status=403))
    return render(request, "form_expired.html", status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _answer(request, 404, "not-found", "There is nothing at this address.")


def refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Answer a refusal that no view has made a page of."""
    if _is_program(request):
        return json_response(problem)
    page = f"{problem.status}.html" if problem.status in PAGES else "400.html"
    answer = render(request, page, {"sentence": problem.detail}, status=problem.status)
    if wait := problem.extra.get("retry_after"):
        answer.headers["Retry-After"] = str(wait)
    return answer


def broken(request: HttpRequest) -> HttpResponse:
    """500: no context processor, no database, so that it works when nothing else does.

    503 or 507 where the site has no room or no database just now: Django calls this while it
    handles the error, whether a view raised it or what lies around the views.
    """
    if outage := outage_of(sys.exc_info()[1]):
        return unavailable(request, outage)
    if _is_program(request):
        sentence = "Something broke on our side. It has been noted."
        return json_response(Problem("server-error", sentence, status=500))
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def unavailable(request: HttpRequest, outage: Problem) -> HttpResponse:
    """Return the sentence of an outage as a page or as problem+json, and when to ask again."""
    if _is_program(request):
        answer: HttpResponse = json_response(outage)
    else:
        words = {"sentence": outage.detail, "status": outage.status}
        answer = HttpResponse(loader.get_template("503.html").render(words), status=outage.status)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _answer(request: HttpRequest, status: int, kind: str, sentence: str) -> HttpResponse:
    if _is_program(request):
        return json_response(Problem(kind, sentence, status=status))
    return render(request, f"{status}.html", {"sentence": sentence}, status=status)


def _is_program(request: HttpRequest) -> bool:
    path = request.path_info.removeprefix(settings.NEXUS_PREFIX)
    return path.startswith(("/api/", "/u/", "/m/"))
