"""Errors a program can read: RFC 9457 problem details with a stable `type`."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.http import BadHeaderError, Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """A refusal with a sentence for the person and a stable `type` for the program.

    `type` is a slug such as `quota-exceeded`; clients see `/problems/quota-exceeded`.
    """

    def __init__(self, type: str, detail: str, *, status: int = 400, **extra: Any) -> None:
        super().__init__(detail)
        self.type, self.detail, self.status, self.extra = type, detail, status, extra

    def body(self) -> dict[str, Any]:
        """Return the members of the problem document."""
        title = self.type.replace("-", " ").capitalize()
        return {
            "type": f"/problems/{self.type}",
            "title": title,
            "status": self.status,
            "detail": self.detail,
            **self.extra,
        }


def json_response(problem: Problem) -> JsonResponse:
    """Return the problem as a plain Django response, for doors that are not DRF's."""
    response = JsonResponse(problem.body(), status=problem.status, content_type=CONTENT_TYPE)
    if wait := problem.extra.get("retry_after"):
        response["Retry-After"] = str(wait)
    return response


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER: every refusal of the API leaves as problem+json."""
    problem = _as_problem(exc)
    if problem is None:
        return None
    response = Response(problem.body(), status=problem.status, content_type=CONTENT_TYPE)
    if isinstance(exc, exceptions.APIException):
        if header := getattr(exc, "auth_header", None):
            response["WWW-Authenticate"] = header
        if wait := getattr(exc, "wait", None):
            response["Retry-After"] = str(int(wait))
    elif wait := problem.extra.get("retry_after"):
        response["Retry-After"] = str(wait)
    return response


@csrf_exempt  # nothing is done here, whoever asks
def not_found(request: HttpRequest) -> JsonResponse:
    """Answer an unknown address below the API."""
    return json_response(Problem("not-found", "There is nothing at this address.", status=404))


def _as_problem(exc: Exception) -> Problem | None:
    match exc:
        case Problem():
            return exc
        case Http404() | exceptions.NotFound():
            return Problem("not-found", "There is nothing here that you may see.", status=404)
        case PermissionDenied():
            return Problem("permission-denied", "You may not do this.", status=403)
        case exceptions.ValidationError():
            return Problem(
                "invalid-input",
                "Some of what was sent is not valid.",
                errors=exc.get_full_details(),
            )
        case DataError() | UnicodeEncodeError() | BadHeaderError():
            return Problem("invalid-input", "Some of what was sent cannot be stored.")
        case exceptions.ParseError():
            return Problem("parse-error", "What was sent is not valid JSON.")
        case exceptions.NotAuthenticated():
            sentence = "Sign in, or send an API token along."
            return Problem("not-authenticated", sentence, status=exc.status_code)
        case exceptions.UnsupportedMediaType():
            return Problem("unsupported-media-type", "Send JSON.", status=exc.status_code)
        case exceptions.APIException():
            kind = str(getattr(exc, "default_code", "error")).replace("_", "-")
            return Problem(kind, str(exc.detail), status=exc.status_code)
    return None
