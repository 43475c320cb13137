"""The doors of foreign pages: frames, oEmbed, covers and the script that speaks with a frame.

Nobody is known here: no session is read, no cookie is set, and who has signed in sees the same.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from config.lib.page_cache import cacheable, shows
from config.lib.problems import Problem, json_response
from media_pipeline.delivery import media_url
from tracks.catalogue import selectors
from tracks.embed import oembed
from tracks.embed import presenters as embed
from tracks.embed.sharing import embed_path, shared
from tracks.models import Track

WIDGET = Path("static/js/widget.js")
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
AN_HOUR = "public, max-age=3600"

View = Callable[..., HttpResponseBase]


def framed(view: View) -> View:
    """Let foreign pages show the view's answers, its 404 included."""

    @require_safe
    @cacheable("key", "theme", "accent", "start", "autoplay", people=False)
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            look = {"look": embed.look_of(request.GET), "own_page": ""}
            response = render(request, "tracks/embed/missing.html", look, status=404)
        return _let_in(request, response)

    return answer


def _let_in(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response.xframe_options_exempt = True  # type: ignore[attr-defined]
    response._csp_replace = {"frame-ancestors": settings.NEXUS_EMBED_ANCESTORS}  # type: ignore[attr-defined]
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    # A page that is isolated takes in only frames that are. Music on other servers sends no
    # Cross-Origin-Resource-Policy, so there it is asked for without credentials instead.
    isolated = "credentialless" if settings.MEDIA_ORIGINS else "require-corp"
    response["Cross-Origin-Embedder-Policy"] = isolated
    if request.GET.get("key"):
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "private, no-store"
    return response


@framed
def track(request: HttpRequest, id: str) -> HttpResponse:
    """One track."""
    return _frame(request, embed.track(UUID(id), request.GET.get("key", "")))


@framed
def collection(request: HttpRequest, id: str, kind: str) -> HttpResponse:
    """A release or a playlist: plays on from one track to the next."""
    return _frame(request, embed.collection(kind, UUID(id), request.GET.get("key", "")))


def _frame(request: HttpRequest, shown: embed.Shown) -> HttpResponse:
    tracks = [f"track:{track['track_id']}" for track in shown.tracks]
    kind = "track" if shown.kind == "track" else "list"
    shows(*tracks, f"{kind}:{shown.thing.pk}", f"person:{shown.thing.owner.pk}")
    look = embed.look_of(request.GET)
    data = {
        "kind": shown.kind,
        "id": str(shown.thing.pk),
        "title": shown.thing.title,
        "by": shown.thing.artist,
        "url": shown.thing.get_absolute_url(),
        "tracks": shown.tracks,
        "autoplay": look.autoplay,
        "start": look.start,
    }
    accent = look.accent or (shown.first or {}).get("accent") or ""
    own_page = request.build_absolute_uri(str(data["url"])) if shown.is_public else ""
    context = {"shown": shown, "look": look, "accent": accent, "data": data, "own_page": own_page}
    page = "track" if shown.kind == "track" else "list"
    return render(request, f"tracks/embed/{page}.html", context)


@require_safe
def answer_oembed(request: HttpRequest) -> HttpResponse:
    """Answer a consumer of oEmbed, in JSON or XML; refusals are problem+json."""
    response: HttpResponse
    try:
        form, members = oembed.answer(
            request.GET.dict(),
            absolute=request.build_absolute_uri,
        )
    except Problem as problem:
        response = json_response(problem)
    else:
        xml = form == "xml"
        response = HttpResponse(oembed.to_xml(members)) if xml else JsonResponse(members)
        response["Content-Type"] = "text/xml; charset=utf-8" if xml else "application/json"
        response["Cache-Control"] = f"public, max-age={oembed.CACHE_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def cover(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """Lead to the picture of a thing: a lasting address in front of signed ones."""
    key = request.GET.get("key", "")
    if kind not in {"track", "release", "playlist"}:
        raise Http404
    name = "cover-thumb.jpg" if request.GET.get("size") == "thumb" else "cover.jpg"
    media = embed.picture_of(kind, id, key)
    if media is None:
        raise Http404
    response = redirect(media_url(media, "-", name, scope="img"))
    response["Cache-Control"] = "private, max-age=600" if key else AN_HOUR
    for header, value in OPEN.items():
        response[header] = value
    return response


@require_safe
def widget(_request: HttpRequest) -> HttpResponse:
    """Send the script that foreign pages import to speak with a frame."""
    text = (settings.BASE_DIR / WIDGET).read_text()
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = AN_HOUR
    for header, value in OPEN.items():
        response[header] = value
    return response


@require_safe
@cacheable()
def docs(request: HttpRequest) -> HttpResponse:
    """How to embed, and how to steer what is embedded, with one that plays."""
    shows("latest")
    listed = next(iter(selectors.latest(request.user).rows), None)
    opened = Track.objects.visible_to(AnonymousUser()).select_related("owner")
    newest = opened.filter(pk=listed.pk).first() if listed else None
    members = shared(newest, request.build_absolute_uri) if newest else None
    origin = request.build_absolute_uri("/").rstrip("/")
    context = {
        "shared": members,
        "origin": origin,
        "frame_path": embed_path(newest) if newest else "",
    }
    return render(request, "tracks/embed/docs.html", context)
