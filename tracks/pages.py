"""What the page of a track is given."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from tracks import selectors
from tracks.markdown import to_html
from tracks.models import Track
from tracks.player import facts_of, player_data


def track_page(
    track: Track, viewer: AbstractBaseUser | AnonymousUser, *, key: str = ""
) -> dict[str, Any]:
    """Return the context of a track's own page; the track must come from `for_page()`.

    `key` is what opened it to whoever has no right of their own: pages and sockets hand it on.
    """
    version = track.primary_version
    context: dict[str, Any] = {
        "track": track,
        "key": key,
        "version": version,
        "can_edit": viewer.is_authenticated and viewer.pk == track.owner_id,
        "description_html": to_html(track.description_md),
        "player": None,
        "facts": None,
        "job": None,
    }
    if version is None:
        return context
    version.track = track  # the one with its owner, so that nothing is asked for twice
    return context | {
        "player": player_data(version) | {"key": key},
        "facts": facts_of(version),
        "job": selectors.main_job(version),
    }
