"""What can be reported and decided about: one entry for each kind of thing.

A later noun joins with one more `register`: how it is found for whoever looks, whose it is, what it
is called, and with which piece it opens as evidence.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from config.lib.lines import one_line
from config.lib.markdown import excerpt
from config.lib.urls import address_of
from moderation.models import Scope
from social.models import Note, User
from social.viewers import Viewer
from tracks.models import Playlist, Release, Track, TrackVersion

TITLE_CHARS = 200


@dataclass(frozen=True)
class Kind:
    """A kind of thing. `rows` are all of them, `seen` those that a viewer may open."""

    scope: Scope
    rows: Callable[[], Any]
    seen: Callable[[Viewer], Any]
    owner: Callable[[Any], User | None]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    track: Callable[[Any], Track | None] = lambda _row: None
    is_part: bool = False  # of another thing: a decision alone can be about it
    is_private: bool = False  # a visitor finds it nowhere


KINDS: dict[str, Kind] = {}
# What of a thing can be decided about alone (`moderation.parts`).
PARTS: list[Callable[[str, Any], Iterable[tuple[Kind, Any]]]] = []
# Other words for the same things, as people and programs say them.
ALIASES = {"moment": "track", "profile": "person"}


def register(kind: Kind) -> None:
    """Say what can be reported. Raises ValueError for a kind given twice."""
    if kind.scope in KINDS:
        raise ValueError(f"There are two kinds of thing called {kind.scope}.")
    KINDS[kind.scope] = kind


def kind_of(name: str) -> Kind | None:
    """Return the kind that is called so, or by another word; None for parts of things."""
    found = KINDS.get(ALIASES.get(name, name))
    return found if found and not found.is_part else None


def find_seen(name: str, key: UUID, viewer: Viewer) -> tuple[Kind, Any] | None:
    """Return a thing that this viewer may open, with its kind; None for all else."""
    kind = kind_of(name)
    row = kind.seen(viewer).filter(pk=key).first() if kind else None
    return (kind, row) if kind and row else None


def find(scope: str, key: UUID) -> Any:
    """Return a thing, whoever may open it; None where it is gone."""
    return KINDS[scope].rows().filter(pk=key).first()


def title_of(kind: Kind, row: Any) -> str:
    """Return what a thing is called, on one line and short enough to be kept."""
    return (one_line(kind.title(row)) or kind.scope.label)[:TITLE_CHARS]


def parts_of(scope: str, row: Any) -> list[tuple[Kind, Any]]:
    """Return the thing, and what of it and around it can be decided about."""
    kind = KINDS[scope]
    found = [(kind, row)]
    track = kind.track(row)
    if scope == Scope.TRACK and track:
        versions = track.versions.select_related("track__owner").order_by("-number")
        found += [(KINDS[Scope.VERSION], version) for version in versions]
    elif track and track.owner == kind.owner(row):
        found.append((KINDS[Scope.TRACK], track))
    found += [part for parts in PARTS for part in parts(scope, row)]
    owner = kind.owner(row)
    if owner and scope != Scope.PERSON:
        found.append((KINDS[Scope.PERSON], owner))
    return found


def _keyed(model: Any) -> Callable[[Viewer], Any]:
    def seen(viewer: Viewer) -> Any:
        rows = model.objects
        found = rows.visible_to(viewer.user)
        if model is Release:
            found |= rows.announced(viewer.user)
        if viewer.key:
            found |= rows.opened_by_token(viewer.key, viewer.user)
        return found.select_related("owner")

    return seen


def _version_title(version: TrackVersion) -> str:
    return f"{version.track.title}, v{version.number}"


def register_all() -> None:
    """Say what there is."""
    tracks, versions = Track.everything, TrackVersion.objects.select_related("track__owner")
    register(
        Kind(
            Scope.TRACK,
            lambda: tracks.select_related("owner"),
            lambda viewer: Track.objects.opened_by(*viewer.opens).select_related("owner"),
            lambda row: row.owner,
            lambda row: row.title,
            lambda row: row.get_absolute_url(),
            lambda row: row,
        )
    )
    register(
        Kind(
            Scope.VERSION,
            versions.all,
            lambda viewer: TrackVersion.objects.opened_by(*viewer.opens).select_related(
                "track__owner"
            ),
            lambda row: row.track.owner,
            _version_title,
            lambda row: f"{row.track.get_absolute_url()}?v={row.number}",
            lambda row: row.track,
        )
    )
    register(
        Kind(
            Scope.NOTE,
            lambda: Note.objects.select_related("user", "track__owner"),
            lambda viewer: (
                Note.objects.readable_by(viewer)
                .filter(removed_at=None)
                .select_related("user", "track__owner")
            ),
            lambda row: row.user,
            lambda row: excerpt(row.body_md, TITLE_CHARS),
            lambda row: f"{row.track.get_absolute_url()}#note-{row.parent_id or row.pk}",
            lambda row: row.track,
        )
    )
    for scope, model in ((Scope.RELEASE, Release), (Scope.PLAYLIST, Playlist)):
        register(
            Kind(
                scope,
                lambda model=model: model.everything.select_related("owner"),  # type: ignore[misc]
                _keyed(model),
                lambda row: row.owner,
                lambda row: row.title,
                lambda row: row.get_absolute_url(),
            )
        )
    register(
        Kind(
            Scope.PERSON,
            User.objects.all,
            lambda viewer: User.objects.visible_to(viewer.user).filter(left_at=None),
            lambda row: row,
            lambda row: row.name,
            lambda row: address_of("profile", row.handle),
        )
    )


VISITOR = Viewer(AnonymousUser())
