"""The doors of feeds: what a visitor may open, whoever asks.

Nobody is known here, and nothing is kept by anybody in between: a copy is asked about each time
(ETag), so that what is closed is gone from the next answer on.
"""

import hashlib
import time
from functools import partial
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from config.lib import page_cache
from config.lib.page_cache import cacheable
from config.lib.paging import before_of
from media_pipeline.delivery import media_url
from tracks.feeds import presenters, registry, selectors
from tracks.feeds.formats import FORMATS

OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
SEEN_SECONDS = 30 * 24 * 3600


@require_safe
def feed(request: HttpRequest, kind: str, word: str, slug: str = "") -> HttpResponseBase:
    """A page of a feed in one format; 304 for who has it already."""
    form = FORMATS[word]
    before = before_of(request)
    thing = selectors.thing_of(kind, slug)
    told = presenters.feed_of(kind, thing, before, _absolute(request))
    body = form.write(told)
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    changed = None if before else _changed(told.guid, word, etag)
    headers = {"ETag": etag, "Cache-Control": "no-cache", **OPEN}
    headers |= {"Last-Modified": http_date(changed)} if changed else {}
    kind_of_text = f"{form.content_type}; charset=utf-8"
    response = HttpResponse(body, content_type=kind_of_text, headers=headers)
    return get_conditional_response(request, etag, changed, response) or response


@require_safe
@cacheable("before")
def page(request: HttpRequest, kind: str, slug: str = "") -> HttpResponse:
    """What is in a feed, for people, and how to follow it."""
    thing = selectors.thing_of(kind, slug)
    told = presenters.feed_of(kind, thing, before_of(request), _absolute(request))
    page_cache.shows("latest", *_shown(kind, thing))
    files = [{"name": form.name, "url": told.at(form.file)} for form in FORMATS.values()]
    context = {"feed": told, "files": files, "is_first_page": not told.query}
    return render(request, "tracks/feeds/feed.html", context)


@require_safe
def audio(_request: HttpRequest, id: UUID) -> HttpResponse:
    """Lead to the MP3 of a piece: a lasting address in front of signed ones."""
    track: Any = selectors.track_of(id)
    if not track.mp3_attempt:
        raise Http404
    return _on(track, track.mp3_attempt, "mp3_320.mp3")


@require_safe
def stream(_request: HttpRequest, id: UUID) -> HttpResponse:
    """Lead to the playlist of segments of a piece (HLS), which is there before its MP3."""
    track: Any = selectors.track_of(id)
    version = track.primary_version
    if version is None or not version.media.asset.playable:
        raise Http404
    return _on(track, version.media.asset.attempt, "master.m3u8")


@require_safe
def chapters(request: HttpRequest, id: UUID) -> HttpResponse:
    """The chapters of a piece (https://github.com/Podcastindex-org/podcast-namespace, JSON 1.2)."""
    track = selectors.track_of(id)
    found = registry.chapters_of(track)
    if not found:
        raise Http404
    page = _absolute(request)(track.get_absolute_url())
    rows = [
        {"startTime": one.at_ms / 1000, "title": one.title, "url": f"{page}#t={one.at_ms / 1000:g}"}
        | ({"endTime": one.until_ms / 1000} if one.until_ms else {})
        for one in found
    ]
    told = {"version": "1.2.0", "title": track.title, "author": track.artist, "chapters": rows}
    headers = {"Cache-Control": "no-cache", **OPEN}
    return JsonResponse(told, content_type="application/json+chapters", headers=headers)


def _on(track: Any, attempt: str, path: str) -> HttpResponse:
    """Lead to a file of the version that listeners get first."""
    media = track.primary_version.media
    facts = getattr(media.asset, "facts", None)
    place = media_url(media, attempt, path, duration_ms=facts.duration_ms if facts else None)
    return HttpResponse(
        status=302, headers={"Location": place, "Cache-Control": "no-store", **OPEN}
    )


def _absolute(request: HttpRequest) -> presenters.Absolute:
    return partial(urljoin, request.build_absolute_uri("/"))


def _changed(guid: str, word: str, etag: str) -> int:
    """Return since when, in Unix seconds, a feed has been as it is, as far as is remembered.

    The newest moment in it would not do: what is taken away leaves an older one.
    """
    key = f"feed:{guid}:{word}"
    kept: tuple[str, int] | None = cache.get(key)
    if kept is None or kept[0] != etag:
        kept = (etag, int(time.time()))
        cache.set(key, kept, SEEN_SECONDS)
    return kept[1]


def _shown(kind: str, thing: Any) -> list[str]:
    match kind:
        case "person":
            return [f"person:{thing.pk}"]
        case "artist":
            return [f"name:{thing.slug}"]
        case "tag":
            return [f"tag:{thing.pk}"]
        case "release" | "playlist":
            return [f"list:{thing.pk}", f"person:{thing.owner_id}"]
    return []
