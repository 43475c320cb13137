"""A feed in words and whole addresses, from what a visitor sees of the thing it is of."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from config.lib import origins
from config.lib.markdown import excerpt, to_html
from config.lib.paging import EPOCH
from config.lib.urls import address_of
from tracks.feeds import registry, selectors
from tracks.feeds.formats.feed import Feed, Item, Person, Sound
from tracks.hidden_words import shown
from tracks.models import Credit, Track, TrackTag
from tracks.models.described import Licence

Absolute = Callable[[str], str]
# The namespace of podcast:guid (https://podcasting2.org/docs/podcast-namespace/tags/guid).
PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
SUMMARY = 300  # characters
# Each role as the Podcast Taxonomy names it (https://podcasttaxonomy.com): role and group.
ROLES = {
    Credit.Role.ARTIST: ("music contributor", "audio production"),
    Credit.Role.WRITER: ("composer", "audio production"),
    Credit.Role.PRODUCER: ("music production", "audio production"),
    Credit.Role.FEATURE: ("music contributor", "audio production"),
    Credit.Role.MUSICIAN: ("music contributor", "audio production"),
    Credit.Role.MIXER: ("mixing engineer", "audio post-production"),
    Credit.Role.MASTERING: ("mastering engineer", "audio post-production"),
    Credit.Role.OTHER: ("contributor", "misc"),
}


def feed_of(kind: str, thing: Any, before: str, absolute: Absolute) -> Feed:
    """Return a page of the feed of a thing; `absolute` makes whole addresses. Raises Http404."""
    found = selectors.found_in(kind, thing, before)
    having = registry.having(track.pk for track in found.tracks)
    items = [_item(track, absolute, track.pk in having) for track in found.tracks]
    said = _said(kind, thing, absolute)
    covers = [item.cover_url for item in items if item.cover_url]
    return Feed(
        guid=_guid(kind, thing),
        address=absolute(_address(kind, thing)),
        cover_url=said.pop("cover_url", "") or next(iter(covers), ""),
        language=settings.LANGUAGE_CODE,
        site_name=settings.SITE_NAME,
        updated=_updated(thing, items),
        items=items,
        is_serial=kind == "release",
        query=f"?before={before}" if before else "",
        next_query=f"?before={found.next_cursor}" if found.next_cursor else "",
        **said,
    )


def _address(kind: str, thing: Any) -> str:
    """Return the page of a feed, below which its formats lie."""
    slug = thing.handle if kind == "person" else getattr(thing, "slug", "")
    return reverse(f"feed-{kind}", kwargs={"slug": slug} if slug else {})


def _said(kind: str, thing: Any, absolute: Absolute) -> dict[str, Any]:
    """Return what a feed says of itself."""
    site = {"by": settings.SITE_NAME, "by_url": absolute(address_of("home"))}
    if kind == "site":
        words = f"New music on {settings.SITE_NAME}."
        return site | {"title": settings.SITE_NAME, "page_url": site["by_url"], **_plain(words)}
    page = {"page_url": absolute(thing.get_absolute_url())}
    if kind == "tag":
        words = f"Music tagged {thing}, on {settings.SITE_NAME}."
        return site | page | {"title": f"{thing} · {settings.SITE_NAME}", **_plain(words)}
    if kind in {"person", "artist"}:
        name = thing.name
        words = f"Music by {name}, on {settings.SITE_NAME}."
        return page | {"title": name, "by": name, "by_url": page["page_url"], **_plain(words)}
    owner = absolute(address_of("profile", thing.owner.handle))
    words = f"{thing.title} by {thing.artist}, on {settings.SITE_NAME}."
    said = {"title": thing.title, "by": thing.artist, "by_url": owner, **page}
    about = shown(thing.description_md, thing)
    said |= {"html": to_html(about), "summary": excerpt(about, SUMMARY) or words}
    if thing.cover_id:
        said["cover_url"] = absolute(address_of("cover", kind, thing.pk))
    return said | (_licence(thing.licence) if kind == "release" else {})


def _plain(words: str) -> dict[str, str]:
    return {"summary": words, "html": ""}


def _guid(kind: str, thing: Any) -> str:
    """Return the podcast:guid: by what the feed is of, so that a new name leaves it as it is."""
    home = origins.home().partition("://")[2] + settings.NEXUS_PREFIX
    return str(uuid.uuid5(PODCASTS, f"{home}/feeds/{kind}/{thing.pk if thing else ''}"))


def _updated(thing: Any, items: list[Item]) -> datetime:
    own = getattr(thing, "updated_at", None) or getattr(thing, "created_at", None)
    moments = [max(item.moment, item.updated) for item in items]
    return max([*moments, own or EPOCH]) if moments or own else EPOCH


def _item(track: Any, absolute: Absolute, has_chapters: bool) -> Item:
    version = track.primary_version
    asset = version.media.asset if version else None
    facts = getattr(asset, "facts", None)
    has_cover = bool(track.cover_id or getattr(asset, "artwork", None))
    mp3, stream = (absolute(address_of(name, track.pk)) for name in ("feed-audio", "feed-stream"))
    chapters = absolute(address_of("feed-chapters", track.pk))
    about = shown(track.description_md, track)
    return Item(
        guid=f"urn:uuid:{track.pk}",
        url=absolute(track.get_absolute_url()),
        title=track.title,
        by=track.artist,
        by_url=absolute(address_of("profile", track.owner.handle)),
        moment=track.moment,
        updated=track.updated_at,
        html=to_html(about),
        summary=excerpt(about, SUMMARY) or f"{track.title} by {track.artist}",
        cover_url=absolute(address_of("cover", "track", track.pk)) if has_cover else "",
        duration_ms=facts.duration_ms if facts else None,
        is_explicit=track.is_explicit,
        sound=Sound(mp3, "audio/mpeg", track.mp3_bytes) if track.mp3_bytes else None,
        stream_url=stream if asset and asset.playable else "",
        chapters_url=chapters if has_chapters else "",
        isrc=track.isrc,
        people=_people(track, absolute),
        tags=_tags(track),
        place=getattr(track, "place", 0),
        disc=getattr(track, "disc", 0),
        **_licence(track.licence),
    )


def _licence(code: str) -> dict[str, str]:
    return {"licence": code, "licence_url": Licence(code).deed}


def _people(track: Track, absolute: Absolute) -> list[Person]:
    return [
        Person(
            row["name"],
            absolute(
                address_of("profile", row["handle"])
                if row["handle"]
                else address_of("artist", row["slug"])
            ),
            *ROLES[Credit.Role(row["role"])],
        )
        for row in track.credits_data
    ]


def _tags(track: Track) -> list[str]:
    accepted = TrackTag.State.ACCEPTED
    return [row["name"] for row in track.tags_data if row["state"] == accepted]
