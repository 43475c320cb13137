"""A body whose size is known, whole or in part, read only as far as it is asked for."""

from collections.abc import AsyncIterator, Callable, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from media_pipeline.delivery import ranges

WHOLE_BYTES = 1024 * 1024  # up to here a body is read at once; a segment is about 0.2 MB

Read = Callable[[int, int], Iterator[bytes]]


def partial(
    request: HttpRequest, *, size: int, etag: str, headers: dict[str, str], read: Read
) -> HttpResponseBase:
    """Return the answer to a GET or HEAD of `size` bytes; `read(start, end)` gives chunks of them.

    RFC 9110, sections 13 and 14: a range counts only while the body is the one that If-Range names.
    `headers` name the type of the content.
    """
    headers = headers | {"ETag": etag, "Accept-Ranges": "bytes"}
    if client_has(request, etag):
        return HttpResponse(status=304, headers=headers)
    wanted = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag).strip() != etag:
        wanted = ""
    try:
        part = ranges.parse(wanted, size)
    except ranges.UnsatisfiableError:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    span = part or ranges.Span(0, size)
    if part:
        headers["Content-Range"] = part.header(size)
    headers["Content-Length"] = str(len(span))
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(headers=headers)
    elif len(span) <= WHOLE_BYTES:
        response = HttpResponse(b"".join(read(span.start, span.end)), headers=headers)
    else:
        chunks = read(span.start, span.end)
        body = _hand_over(chunks) if isinstance(request, ASGIRequest) else chunks
        response = StreamingHttpResponse(body, headers=headers)
    response.status_code = 206 if part else 200
    return response


def client_has(request: HttpRequest, etag: str) -> bool:
    """Tell whether who asks has these bytes already."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return etag in known or "*" in known


async def _hand_over(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Read chunk by chunk in a thread: under ASGI Django would list a plain iterator whole."""
    following = sync_to_async(lambda: next(chunks, b""), thread_sensitive=False)
    try:
        while chunk := await following():
            yield chunk
    finally:
        if close := getattr(chunks, "close", None):
            await sync_to_async(close, thread_sensitive=False)()
