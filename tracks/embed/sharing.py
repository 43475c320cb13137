"""What other sites are told of a track, a release or a playlist: one source for every format."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.lib.urls import address_of
from tracks.collections.selectors import kind_of
from tracks.models import Playlist, Release, Track

WIDTH, TRACK_HEIGHT, LIST_HEIGHT = 640, 168, 440  # CSS pixels of a frame nobody has asked to change
THUMB_SIZE, COVER_SIZE = 200, 1000

Absolute = Callable[[str], str]
Thing = Track | Release | Playlist


@dataclass(frozen=True)
class Shared:
    """One thing, in words and whole addresses."""

    kind: str
    title: str
    by: str
    by_url: str
    url: str
    embed_url: str
    cover_url: str
    thumb_url: str
    oembed_url: str
    height: int
    is_listed: bool

    @property
    def words(self) -> str:
        """Say in a sentence what it is."""
        return f"{self.title} by {self.by}, on {settings.SITE_NAME}."


def embed_path(thing: Thing) -> str:
    """Return where a frame finds it; an unlisted one's key comes along."""
    path = address_of(f"embed-{_kind(thing)}", thing.pk)
    return f"{path}{_key(thing)}"


def shared(thing: Thing, absolute: Absolute) -> Shared:
    """Return what may be told of a thing that others can open; its owner must be loaded."""
    kind, key = _kind(thing), _key(thing)
    url = absolute(thing.get_absolute_url())
    cover = absolute(address_of("cover", kind, thing.pk))
    return Shared(
        kind=kind,
        title=thing.title,
        by=thing.artist,
        by_url=absolute(address_of("profile", thing.owner.handle)),
        url=url,
        embed_url=absolute(embed_path(thing)),
        cover_url=f"{cover}{key}",
        thumb_url=f"{cover}{key}{'&' if key else '?'}size=thumb",
        oembed_url=f"{absolute(address_of('oembed'))}?{urlencode({'url': url})}",
        height=TRACK_HEIGHT if kind == "track" else LIST_HEIGHT,
        is_listed=thing.visibility == Track.Visibility.PUBLIC,
    )


def frame(data: Shared, width: int | str, height: int, *, most: int = 0) -> SafeString:
    """Return the HTML that shows it in another page; `width` in pixels or as "100%".

    It is no wider than `most` pixels, if that is not 0.
    """
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}"{} loading="lazy" '
        'allow="autoplay; clipboard-write" frameborder="0"></iframe>',
        data.embed_url,
        f"{data.title} by {data.by}",
        width,
        height,
        format_html(' style="max-width:{}px"', most) if most else "",
    )


def _kind(thing: Any) -> str:
    return "track" if isinstance(thing, Track) else kind_of(thing)


def _key(thing: Thing) -> str:
    unlisted = thing.visibility == Track.Visibility.UNLISTED
    return f"?key={thing.token}" if unlisted else ""
