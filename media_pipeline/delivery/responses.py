"""From a stored file to bytes on the wire: whole, in part, by nginx or by the object storage."""

import gzip
import hashlib
from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from media_pipeline.delivery import pace, ranges
from media_pipeline.delivery.paths import NEVER, Item
from media_pipeline.storage import get_storage

WHOLE_BYTES = 1024 * 1024  # up to here a file is read at once; a segment is about 0.2 MB
REDIRECT_SECONDS = 60


def answer(request: HttpRequest, item: Item, signature: str) -> HttpResponseBase:
    """Return the response for one allowed file, by whose signature. Raises FileNotFoundError."""
    if item.is_playlist:
        return _playlist(request, item)
    if item.is_gzipped:
        return _peaks(request, item)
    if item.is_picture:
        return _whole(request, get_storage().read(item.key), item.content_type, item.cache_control)
    if settings.NEXUS_ACCEL_PREFIX and get_storage().local_path(item.key):
        return _by_nginx(item)
    if settings.NEXUS_S3_DELIVERY == "redirect":
        target = get_storage().presigned_get(
            item.key, REDIRECT_SECONDS, item.content_type, disposition=item.disposition
        )
        if target:
            headers = {"Location": target, "Cache-Control": NEVER}
            return HttpResponse(status=302, headers=headers)
    return _bytes(request, item, signature)


def _playlist(request: HttpRequest, item: Item) -> HttpResponseBase:
    body = get_storage().read(item.key)
    # One that still grows has no end tag; a copy of it would hold a player back.
    growing = b"#EXTINF" in body and b"#EXT-X-ENDLIST" not in body
    return _whole(request, body, item.content_type, NEVER if growing else item.cache_control)


def _peaks(request: HttpRequest, item: Item) -> HttpResponseBase:
    body = get_storage().read(item.key)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = _whole(
        request, body if packed else gzip.decompress(body), item.content_type, item.cache_control
    )
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _by_nginx(item: Item) -> HttpResponse:
    return HttpResponse(
        content_type=item.content_type,
        headers={
            "X-Accel-Redirect": f"{settings.NEXUS_ACCEL_PREFIX.rstrip('/')}/{item.key}",
            "Cache-Control": item.cache_control,
            **({"X-Accel-Limit-Rate": pace.SLOWLY} if item.key.endswith(".mp3") else {}),
            **_named(item),
        },
    )


def _whole(request: HttpRequest, body: bytes, content_type: str, cache: str) -> HttpResponse:
    etag = f'"{hashlib.blake2b(body, digest_size=10).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": cache}
    if _client_has(request, etag):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type=content_type, headers=headers)


def _bytes(request: HttpRequest, item: Item, signature: str) -> HttpResponseBase:
    storage = get_storage()
    size = storage.size(item.key)
    # Written once, so its name and size are its identity.
    etag = f'"{hashlib.blake2b(f"{item.key}:{size}".encode(), digest_size=10).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": item.cache_control, "Accept-Ranges": "bytes"}
    headers |= _named(item)
    if _client_has(request, etag):
        return HttpResponse(status=304, headers=headers)
    try:
        part = ranges.parse(request.headers.get("Range", ""), size)
    except ranges.UnsatisfiableError:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    span = part or ranges.Span(0, size)
    if part:
        headers["Content-Range"] = part.header(size)
    headers["Content-Length"] = str(len(span))
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=item.content_type, headers=headers)
    elif len(span) <= WHOLE_BYTES:
        body = storage.read(item.key, span.start, span.end)
        response = HttpResponse(body, content_type=item.content_type, headers=headers)
    else:
        chunks = storage.stream(item.key, span.start, span.end)
        if pace.is_endless(request, item.key):
            chunks = pace.counted(request, signature, chunks)
        body_of = _hand_over(chunks) if isinstance(request, ASGIRequest) else chunks
        response = StreamingHttpResponse(body_of, content_type=item.content_type, headers=headers)
    response.status_code = 206 if part else 200
    return response


def _named(item: Item) -> dict[str, str]:
    return {"Content-Disposition": item.disposition} if item.attachment else {}


async def _hand_over(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Read chunk by chunk in a thread: under ASGI Django would list a plain iterator whole."""
    following = sync_to_async(lambda: next(chunks, b""), thread_sensitive=False)
    try:
        while chunk := await following():
            yield chunk
    finally:
        if close := getattr(chunks, "close", None):
            await sync_to_async(close, thread_sensitive=False)()


def _client_has(request: HttpRequest, etag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return etag in known or "*" in known
