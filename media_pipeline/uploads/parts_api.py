"""`PUT /u/<upload>/<number>/…`: the bytes of one part. The address is the permission."""

from typing import BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from config.lib.problems import Problem, json_response
from media_pipeline.storage import part_addresses
from media_pipeline.uploads.services import parts


@csrf_exempt  # no cookie is looked at
def receive(request: HttpRequest, upload: UUID, number: int) -> HttpResponse:
    """Store a part as it streams in; its ETag, the quoted MD5, is the receipt."""
    try:
        if request.method != "PUT":
            raise Problem("method-not-allowed", "Parts are sent with PUT.", status=405)
        allowed = part_addresses.verify(request.path, request.META.get("QUERY_STRING", ""))
        source = cast(BinaryIO, request)  # never `request.body`: that would be all in memory
        part = parts.receive(allowed=allowed, source=source, length=_length(request))
    except UnreadablePostError:
        return json_response(Problem("part-incomplete", "The part ended too early."))
    except Problem as problem:
        return json_response(problem)
    response = HttpResponse(headers={"ETag": part.etag, "Cache-Control": "no-store"})
    del response.headers["Content-Type"]  # there is no content
    return response


def _length(request: HttpRequest) -> int | None:
    if request.META.get("HTTP_TRANSFER_ENCODING"):
        return None
    text = request.META.get("CONTENT_LENGTH") or ""
    return int(text) if text.isascii() and text.isdigit() else None
