"""From a stored file to bytes on the wire: whole, in part, by nginx or by the object storage."""

import gzip
import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from media_pipeline.delivery import pace
from media_pipeline.delivery.partial import WHOLE_BYTES, client_has, partial
from media_pipeline.delivery.paths import NEVER, Item
from media_pipeline.storage import get_storage

REDIRECT_SECONDS = 60


def answer(request: HttpRequest, item: Item, signature: str) -> HttpResponseBase:
    """Return the response for one allowed file, by whose signature. Raises FileNotFoundError."""
    if item.is_playlist:
        return _playlist(request, item)
    if item.is_gzipped:
        return _peaks(request, item)
    if item.is_picture:
        return _whole(request, get_storage().read(item.key), item.content_type, item.cache_control)
    if given := by_nginx(item):
        return given
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


def by_nginx(item: Item) -> HttpResponse | None:
    """Return what lets nginx send a file, ranges and all; None where it does not lie before one."""
    if not (settings.NEXUS_ACCEL_PREFIX and get_storage().local_path(item.key)):
        return None
    is_heard = item.key.endswith(".mp3") and not item.attachment
    return HttpResponse(
        content_type=item.content_type,
        headers={
            "X-Accel-Redirect": f"{settings.NEXUS_ACCEL_PREFIX.rstrip('/')}/{item.key}",
            "Cache-Control": item.cache_control,
            **({"X-Accel-Limit-Rate": pace.SLOWLY} if is_heard else {}),
            **_named(item),
        },
    )


def _whole(request: HttpRequest, body: bytes, content_type: str, cache: str) -> HttpResponse:
    etag = f'"{hashlib.blake2b(body, digest_size=10).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": cache}
    if client_has(request, etag):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type=content_type, headers=headers)


def _bytes(request: HttpRequest, item: Item, signature: str) -> HttpResponseBase:
    storage = get_storage()
    size = storage.size(item.key)
    # Written once, so its name and size are its identity.
    etag = f'"{hashlib.blake2b(f"{item.key}:{size}".encode(), digest_size=10).hexdigest()}"'
    headers = {"Cache-Control": item.cache_control, "Content-Type": item.content_type}

    def read(start: int, end: int) -> Iterator[bytes]:
        chunks = storage.stream(item.key, start, end)
        if end - start > WHOLE_BYTES and pace.is_endless(request, item.key):
            return pace.counted(request, signature, chunks)
        return chunks

    return partial(request, size=size, etag=etag, headers=headers | _named(item), read=read)


def _named(item: Item) -> dict[str, str]:
    return {"Content-Disposition": item.disposition} if item.attachment else {}
