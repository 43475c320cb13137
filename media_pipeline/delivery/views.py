"""The door to everything that sounds: a signature opens it, nothing else is asked."""

import time
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from config.lib.problems import Problem, json_response
from media_pipeline.delivery import covers, mining, pace, paths, records
from media_pipeline.delivery.responses import answer
from media_pipeline.delivery.signing import Claim

# Embeds and other people's players read music from anywhere; no cookie ever goes with it.
OPEN_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Length, Content-Range, ETag, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def media_file(
    request: HttpRequest,
    expiry: int,
    scope: str,
    signature: str,
    media: UUID,
    attempt: str,
    path: str,
) -> HttpResponseBase:
    """Send one file of a signed directory, or say in a stable way why not."""
    try:
        response = _respond(request, Claim(expiry, scope, media, attempt), signature, path)
    except Problem as problem:
        response = json_response(problem)
        response.headers["Cache-Control"] = paths.NEVER
    for name, value in OPEN_HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault(mining.HEADER, mining.of_site())
    return response


def _respond(request: HttpRequest, claim: Claim, signature: str, path: str) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Access-Control-Allow-Headers": "Range"})
    if request.method not in {"GET", "HEAD"}:
        raise Problem("method-not-allowed", "Music can only be fetched.", status=405)
    if not paths.is_allowed(claim.scope, path):
        raise _nothing()
    if claim.expiry < time.time():
        raise Problem("link-expired", "This link has ended. Ask for a new one.", status=403)
    record = records.find(claim.media)
    if record is None or not claim.is_proven_by(signature, record.epoch):
        raise Problem("link-invalid", "This link opens nothing (any more).", status=403)
    if not record.has(claim.scope, claim.attempt, path):
        raise _nothing()
    if record.is_covered and path in covers.NAMES:
        return covers.blank(request)
    if request.method == "GET":
        pace.spend(request, signature, path)
    return _file(request, record, paths.item(record.asset, claim.attempt, path), signature)


def _file(
    request: HttpRequest, record: records.Record, item: paths.Item, signature: str
) -> HttpResponseBase:
    try:
        response = answer(request, item, signature)
    except FileNotFoundError:
        raise _nothing() from None
    response.headers[mining.HEADER] = str(int(record.is_reserved))
    return response


def _nothing() -> Problem:
    return Problem("not-found", "There is nothing at this address.", status=404)
