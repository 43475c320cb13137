"""What a decision touches, and bringing all of it in line: sockets, signed addresses, pages."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from config.lib.sockets import look_at_group
from media_pipeline.models import Media
from media_pipeline.uploads.services.sweep import end_uploads
from moderation import things
from moderation.decisions import covering, limiting, muting, watching, wordless
from moderation.models import Decision, Scope
from moderation.models.decision import Kind
from social.accounts.services import bans
from social.models import ArtistPicture, Note, User
from social.notes.services.notes import announce_change
from tracks.collections.ordering import group_of
from tracks.models import Playlist, Release, Track, TrackVersion
from tracks.releases.services import drafts
from tracks.visibility.services import closing, publication


@dataclass(frozen=True)
class Touched:
    """How much a decision about a thing closes; `addresses` are media whose signatures end.

    `does` is what becomes of them, with a place for how many there are.
    """

    tracks: int = 0
    versions: int = 0
    lists: int = 0
    notes: int = 0
    addresses: int = 0
    pictures: int = 0
    texts: int = 0
    sockets: int = 0
    does: str = "closes {}"

    @property
    def sentence(self) -> str:
        """Return it in words; what is nothing is left out."""
        found = [_counted(getattr(self, name), name) for name in NAMES if getattr(self, name)]
        return f"This {self.does.format(', '.join(found) or 'nothing')}."


NAMES = {
    "tracks": ("piece", "pieces"),
    "versions": ("version", "versions"),
    "lists": ("list", "lists"),
    "notes": ("note", "notes"),
    "pictures": ("picture", "pictures"),
    "texts": ("text", "texts"),
    "sockets": ("socket", "sockets"),
    "addresses": ("set of signed addresses", "sets of signed addresses"),
}


def _counted(number: int, name: str) -> str:
    return f"{number} {NAMES[name][number != 1]}"


def simulate(kind: str, scope: str, row: Any) -> Touched:
    """Return what a decision of this kind would close, without closing it."""
    if kind == Kind.LIMIT:
        return Touched(**limiting.touched(row), does=limiting.DOES)
    if kind not in (Kind.HIDE, Kind.REMOVE, Kind.BAN):
        return Touched()
    if scope == Scope.MOMENT:
        media = closing.media_of_version(row)
        return Touched(versions=1, addresses=len(media), does="mutes a moment of {}")
    if scope in (Scope.COVER, Scope.PICTURE):
        return Touched(pictures=1)
    if scope in wordless.SCOPES:
        addresses = len(wordless.media_with(row)) if scope == Scope.LYRICS else 0
        return Touched(texts=1, addresses=addresses)
    return replace(_closed(row), sockets=watching.sockets(kind, row))


def _closed(row: Any) -> Touched:
    match row:
        case User():
            return _of_person(row)
        case Track():
            return _of_tracks([row.pk], closing.media_of([row.pk]), row.versions.count())
        case TrackVersion() if row.track.primary_version_id != row.pk:
            media = closing.media_of_version(row)
            return Touched(versions=1, addresses=len(media))
        case TrackVersion():
            return _of_tracks([row.track_id], closing.media_of([row.track_id]), 1)
        case Note():
            return Touched(notes=1 + row.replies.count())
    return Touched(lists=1)


def _of_person(person: User) -> Touched:
    tracks = list(Track.objects.filter(owner=person).values_list("pk", flat=True))
    versions = TrackVersion.objects.filter(track__in=tracks).count()
    lists = sum(model.objects.filter(owner=person).count() for model in (Release, Playlist))
    return replace(_of_tracks(tracks, closing.media_of(tracks), versions), lists=lists)


def _of_tracks(tracks: list[UUID], media: list[Media], versions: int) -> Touched:
    notes = Note.objects.filter(track__in=tracks, removed_at=None).count()
    return Touched(len(tracks), versions, 0, notes, len(media))


def apply(decision: Decision, *, by: User, is_lifted: bool = False) -> None:
    """Bring everything in line with a decision, or with its end; in the decision's transaction."""
    row: Any = _row(decision.scope, decision.target_id)
    if row is None:
        return
    if decision.kind == Kind.BAN:
        act = bans.unban if is_lifted else bans.ban
        if not (is_lifted and _is_banned(row)):
            act(user=row, by=by, reason=f"decision {decision.pk}")
    elif decision.scope == Scope.MOMENT:
        muting.render_anew(row)
    elif decision.scope in (Scope.COVER, Scope.PICTURE):
        covering.show_again(row)
    elif decision.scope in wordless.SCOPES:
        wordless.show_again(row, decision.scope)
    elif decision.kind == Kind.LIMIT:
        limiting.find_again(row)
    elif isinstance(row, User):
        if decision.kind in (Kind.SUSPEND_UPLOADS, Kind.HOLD) and not is_lifted:
            end_uploads(owner=row)
    elif decision.kind in (Kind.HIDE, Kind.REMOVE, Kind.HOLD):
        look_again(row)
        if is_lifted and isinstance(row, Track):
            publication.settle(track=row)  # what was to become public meanwhile does so now


def _is_banned(person: User) -> bool:
    """Tell whether another decision keeps this person out all the same."""
    bans_of = Decision.objects.in_force().filter(kind=Kind.BAN, scope=Scope.PERSON)
    return bans_of.filter(target_id=person.pk).exists()


def look_again(row: Any) -> None:
    """End what was signed of a thing; let its sockets, pages and documents be looked at anew."""
    match row:
        case Track():
            closing.end_signatures(row)
        case TrackVersion() if row.track.primary_version_id == row.pk:
            closing.end_signatures(row.track)
        case TrackVersion():
            closing.end_signatures_of_version(row)
        case Release():
            _end_cover(row)
            closing.end_signatures_of_release(row)
            limiting.forget_list(row)
            _look_at(drafts.group_of(row.pk))
        case Playlist():
            _end_cover(row)
            limiting.forget_list(row)
            _look_at(group_of(row.pk))
        case Note():
            announce_change(row)


def _look_at(group: str) -> None:
    transaction.on_commit(lambda: look_at_group(group))


def _end_cover(row: Release | Playlist) -> None:
    if row.cover_id:
        Media.objects.filter(pk=row.cover_id).revoke()


def _row(scope: str, key: Any) -> Any:
    if scope in wordless.SCOPES:
        return things.find(scope, key)
    models: dict[str, Any] = {
        Scope.TRACK: Track.everything,
        Scope.VERSION: TrackVersion.objects.select_related("track", "media"),
        Scope.MOMENT: TrackVersion.objects.select_related("track", "media"),
        Scope.COVER: Media.objects,
        Scope.PICTURE: ArtistPicture.objects,
        Scope.NOTE: Note.objects,
        Scope.RELEASE: Release.everything,
        Scope.PLAYLIST: Playlist.everything,
        Scope.PERSON: User.objects,
    }
    return models[scope].filter(pk=key).first()
