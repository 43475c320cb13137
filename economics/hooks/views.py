"""The door for providers: a signed body in, an empty answer out."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from config.lib.problems import Problem, json_response
from economics.hooks import rules, services


@csrf_exempt  # no cookie is looked at: the body is signed
@require_POST
def receive(request: HttpRequest, provider: str) -> HttpResponse:
    """Take in one event; 200 once it is kept, and again for each time it is sent."""
    try:
        body = request.read(rules.BODY_BYTES + 1)
        if len(body) > rules.BODY_BYTES:
            raise Problem("body-too-large", "An event has at most 64 KiB.", status=413)
        services.receive(provider, body, request.headers.get(rules.HEADER, ""))
    except Problem as refusal:
        return json_response(refusal)
    return HttpResponse(status=200)
