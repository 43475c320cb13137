"""`PUT /u/<upload>/<number>/`: one part, by whoever holds its address. No cookie is looked at."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from config.lib.problems import Problem, json_response
from media_pipeline.services import parts


@csrf_exempt
def receive(request: HttpRequest, upload: UUID, number: int) -> HttpResponseBase:
    """Store the part; 200 with its ETag once it is durable."""
    if request.method != "PUT":
        problem = Problem("method-not-allowed", "Parts are sent with PUT.", status=405)
        return json_response(problem)
    try:
        part = parts.receive(request.get_full_path(), request)
    except Problem as refused:
        return json_response(refused)
    return HttpResponse(headers={"ETag": part.etag, "Cache-Control": "no-store"})
