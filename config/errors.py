"""What people and programs read when something is refused or goes wrong."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from config.lib.problems import Problem, json_response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _answer(request, 400, "bad-request", "This request could not be understood.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _answer(request, 403, "permission-denied", "You may not do this.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token does not match; it is safe to load the page again."""
    return _answer(
        request, 403, "form-expired", "This form is too old. Reload the page and send it again."
    )


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _answer(request, 404, "not-found", "There is nothing at this address.")


def broken(request: HttpRequest) -> HttpResponse:
    """500: no context processor, no database, so that it works when nothing else does."""
    if _is_program(request):
        sentence = "Something broke on our side. It has been noted."
        return json_response(Problem("server-error", sentence, status=500))
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def _answer(request: HttpRequest, status: int, kind: str, sentence: str) -> HttpResponse:
    if _is_program(request):
        return json_response(Problem(kind, sentence, status=status))
    return render(request, f"{status}.html", {"sentence": sentence}, status=status)


def _is_program(request: HttpRequest) -> bool:
    path = request.path_info.removeprefix(settings.NEXUS_PREFIX)
    return path.startswith(("/api/", "/u/", "/m/"))
