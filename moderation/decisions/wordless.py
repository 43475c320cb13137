"""Words that others read no more, while whose they are keeps and changes them."""

from typing import Any

from config.lib import kept_pages
from media_pipeline.models import Media
from moderation.decisions import limiting
from moderation.models import Scope
from social.models import User
from tracks.models import Track
from tracks.visibility.services import closing

SCOPES = (Scope.WORDS, Scope.LYRICS)


def media_with(track: Track) -> list[Media]:
    """Return the media by whose signatures files are given that carry the lyrics of a track."""
    return closing.media_of([track.pk])


def show_again(row: Any, scope: str) -> None:
    """Let pages and what is found be made anew; files that carry lyrics are given as others."""
    match row:
        case Track() if scope == Scope.LYRICS:
            closing.end_signatures(row)
        case User():
            kept_pages.forget(f"person:{row.pk}")
        case _:
            limiting.find_again(row)
