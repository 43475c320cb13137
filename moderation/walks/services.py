"""Walking the surfaces of a thing as a visitor does, before a decision and after it."""

import io
import logging
import re
import time
from functools import cache
from ipaddress import IPv6Address
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.utils import timezone

from config.lib import origins
from config.lib.urls import address_of
from media_pipeline.jobs.services import jobs
from moderation import parts, things
from moderation.models import Case, Decision, Scope, Walk
from tracks import player
from tracks.models import Release, ReleaseTrack, Track, TrackVersion, TrackVisual

logger = logging.getLogger(__name__)
KIND = "walk-surfaces"
RELEASES = 3  # of which feeds are asked for one piece
RUN = re.compile(r"\w+(?: \w+)*")  # of letters that every form of a text leaves as they are
MARK_MOST = 60
SEEN_LONGEST = 400  # characters of an address that is kept


def ask_for_walk(*, case: Case, decision: Decision | None = None) -> None:
    """Have the surfaces of a case walked, on commit; what was decided is noted with it."""
    if things.KINDS[case.target].is_private:
        return
    key = f"{case.pk}:{decision.pk if decision else ''}"
    payload = {"decision": str(decision.pk) if decision else ""}
    jobs.enqueue(KIND, subject=case, payload=payload, key=key)


def walk(*, case: Case, decision: Decision | None = None) -> Walk:
    """Ask every surface of a case's thing as a visitor, and keep what each answered, and when."""
    before = case.walks.order_by("-pk").first() if decision else None
    signed = [one["address"] for one in before.surfaces if one["name"] == "media"] if before else []
    surfaces = _walked(case, signed)
    made: Walk = Walk.objects.create(case=case, decision=decision, surfaces=surfaces)
    return made


def walk_before(case: Case) -> None:
    """Keep how a case's thing is seen just before a decision about it.

    What goes wrong in it is logged and keeps nobody from deciding. The desk has begun a transaction
    by then: what its surfaces set for theirs (search, how long a query may take), and what breaks
    in them, is taken back.
    """
    try:
        with transaction.atomic():
            surfaces = _walked(case, [])
            transaction.set_rollback(True)
        with transaction.atomic():
            Walk.objects.create(case=case, surfaces=surfaces)
    except Exception:
        logger.exception("What case %s is about could not be walked.", case.pk)


def _walked(case: Case, signed: list[str]) -> list[dict[str, Any]]:
    row, source = things.find(case.target, case.target_id), _source(case)
    return [_asked(source, *one) for one in surfaces_of(case, row, signed)] if row else []


def surfaces_of(case: Case, row: Any, signed: list[str]) -> list[tuple[str, str, str]]:
    """Return where a thing is seen or heard: name, address, and what a list would tell of it."""
    kind = things.KINDS[case.target]
    mark, of_version = str(row.pk), case.target == Scope.VERSION
    found = [("page", kind.url(row), ""), *_words(kind, row)]
    track = kind.track(row)
    if track is None:
        return found + _of_list(case, row)
    found += [
        ("embed", address_of("embed-track", track.pk), ""),
        ("api", address_of("api-track", track.pk), ""),
        ("versions", address_of("api-track-versions", track.pk), mark if of_version else ""),
        ("feed", address_of("feed-person-rss", track.owner.handle), str(track.pk)),
        ("search", address_of("api-search") + f"?{urlencode({'q': track.title[:60]})}", track.slug),
        ("latest", address_of("api-list", "latest", "-"), str(track.pk)),
    ]
    places = ReleaseTrack.objects.filter(track=track, release__in=_public(Release))
    for slug in places.order_by("-pk").values_list("release__slug", flat=True)[:RELEASES]:
        found.append(("release feed", address_of("feed-release-rss", slug), str(track.pk)))
    if TrackVisual.objects.filter(track=track).exists() and track.primary_version_id:
        address = address_of("api-version-visual", track.primary_version_id)
        found.append(("visual", address, '"ready"'))
    addresses = signed or _media(case, row, track)
    return found + [("media", address, "") for address in addresses]


def _words(kind: things.Kind, row: Any) -> list[tuple[str, str, str]]:
    """Return where its words are read, each with some of them: a page tells of others, too."""
    of_person = kind.scope == Scope.PERSON
    page = address_of("artist-press", row.handle) if of_person else kind.url(row)
    texts = (("words", parts.said_of(row)), ("lyrics", parts.sung_in(row)))
    marks = ((name, max(RUN.findall(text), key=len, default="")) for name, text in texts)
    return [(name, page, mark[:MARK_MOST]) for name, mark in marks if mark]


def _of_list(case: Case, row: Any) -> list[tuple[str, str, str]]:
    """Return where a release, a playlist or a person is told of beside their page."""
    if case.target == Scope.PERSON:
        name, own = row.handle, [("feed", address_of("feed-person-rss", row.handle), "")]
    elif case.target in (Scope.RELEASE, Scope.PLAYLIST):
        name, own = row.title, [("feed", address_of(f"feed-{case.target}-rss", row.slug), "")]
        own.append(("embed", address_of(f"embed-{case.target}", row.pk), ""))
    else:
        return []
    asked = urlencode({"q": name[:60], "type": case.target})
    return [*own, ("search", address_of("api-search") + f"?{asked}", str(row.pk))]


def _public(model: Any) -> Any:
    return model.objects.visible_to(AnonymousUser()).filter(visibility="public")


def _media(case: Case, row: Any, track: Track) -> list[str]:
    version = row if case.target == Scope.VERSION else track.primary_version
    opened = TrackVersion.objects.opened_by(AnonymousUser()).for_player()
    shown = opened.filter(pk=version.pk).first() if version else None
    found = player.addresses(shown).hls if shown else None
    return [found] if found else []


def _source(case: Case) -> str:
    """Return an address for each case (RFC 4193), so that none uses the share of another up."""
    return str(IPv6Address(b"\xfd" + case.pk.bytes[-7:] + bytes(8)))


def _asked(source: str, name: str, address: str, mark: str) -> dict[str, Any]:
    begun, moment = time.monotonic(), timezone.now()
    # Of music only whether it is given: it is long.
    answer: Any = _handler().get_response(_request(source, name, address))
    body = b"" if answer.streaming else answer.content
    shown = answer.status_code in {200, 206} and (not mark or mark.encode() in body)
    return {
        "name": name,
        "address": address[:SEEN_LONGEST],
        "status": answer.status_code,
        "shown": shown,
        "at": moment.isoformat(),
        "ms": round((time.monotonic() - begun) * 1000),
    }


@cache
def _handler() -> BaseHandler:
    """Return the site itself, as servers ask it: kept pages, limits and all."""
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _request(source: str, surface: str, address: str) -> WSGIRequest:
    scheme, _, host = origins.home().partition("://")
    path, _, query = address.partition("#")[0].partition("?")
    name, _, port = host.partition(":")
    return WSGIRequest(
        {
            "REQUEST_METHOD": "HEAD" if surface == "media" else "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": host,
            "SERVER_NAME": name,
            "SERVER_PORT": port or "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": source,
            "wsgi.input": io.BytesIO(),
            "wsgi.url_scheme": scheme,
        }
    )
