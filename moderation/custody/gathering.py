"""What goes into a bundle: every row that tells of the matter as it is now, and the originals."""

from typing import Any
from uuid import UUID

from django.db.models import Model

from config.lib.cipher import SealedField
from moderation import things
from moderation.models import Custody, Message, Scope
from social.models import Note, User
from tracks.models import Playlist, Release, Stem, Track, TrackVersion, TrackVisual


def snapshot(custody: Custody) -> dict[str, Any]:
    """Return the words of the matter: whose it is, what it says, who reported it, what was done."""
    case = custody.case
    row = things.find(case.target, case.target_id)
    tracks = _tracks(custody)
    found: dict[str, Any] = {
        "case": rows_of([case]),
        "thing": rows_of([row] if row else []),
        "account": rows_of([case.person] if case.person else [], leave={"password"}),
        "reports": rows_of(case.reports.order_by("pk"), leave={"key"}),
        "reporters": rows_of(
            User.objects.filter(pk__in=case.reports.values("reporter")), leave={"password"}
        ),
        "decisions": rows_of(case.decisions.order_by("pk"), leave={"key"}),
        "appeals": rows_of(case.appeals.order_by("pk")),
        "notes_of_moderators": rows_of(case.notes.order_by("pk")),
        "messages": rows_of(Message.objects.filter(talk__case=case).order_by("pk")),
    }
    if tracks:
        found["piece"] = rows_of(tracks, leave={"token"})
        found["versions"] = rows_of(versions_of(tracks))
        found["notes"] = rows_of(Note.objects.filter(track__in=tracks).order_by("pk"))
    return found


def originals(custody: Custody) -> list[tuple[str, str, str]]:
    """Return the originals: what each is called in the bundle, its key, and its SHA-256."""
    tracks = _tracks(custody)
    stems = Stem.objects.filter(version__track__in=tracks).select_related("media__asset")
    visuals = TrackVisual.objects.filter(track__in=tracks).select_related("media__asset")
    carried = [(f"v{version.number}", version.media.asset) for version in versions_of(tracks)]
    carried += [("stem", stem.media.asset) for stem in stems]
    carried += [("visual", visual.media.asset) for visual in visuals]
    carried += [("cover", track.cover.asset) for track in tracks if track.cover]
    row = things.find(custody.case.target, custody.case.target_id)
    if isinstance(row, Release | Playlist) and row.cover:
        carried.append(("cover", row.cover.asset))
    if isinstance(row, User):
        pictures = row.pictures.select_related("asset").order_by("pk")
        carried += [("picture", picture.asset) for picture in pictures]
    found = {
        asset.pk: (f"originals/{name}-{asset.pk}", asset.key, asset.sha256)
        for name, asset in reversed(carried)
    }
    return list(reversed(found.values()))


def pieces_of(scope: str, row: Any) -> list[UUID]:
    """Return the ids of the pieces that are kept with a thing: itself, or what a release holds.

    What stands on a playlist is others'; what a note is about is not what is wrong.
    """
    if isinstance(row, Release):
        return list(row.items.order_by("position").values_list("track_id", flat=True))
    track = things.KINDS[scope].track(row) if scope != Scope.NOTE else None
    return [track.pk] if track else []


def versions_of(tracks: list[Track]) -> Any:
    """Return all versions of these pieces with their files, the first one of each first."""
    rows = TrackVersion.objects.filter(track__in=tracks)
    return rows.select_related("media__asset").order_by("track", "number")


def rows_of(rows: Any, leave: frozenset[str] | set[str] = frozenset()) -> list[dict[str, str]]:
    """Return rows as texts by column; secrets, and the columns to `leave`, are left out."""
    return [_row(row, leave) for row in rows]


def _row(row: Model, leave: Any) -> dict[str, str]:
    fields = row._meta.concrete_fields
    return {
        field.attname: str(getattr(row, field.attname))
        for field in fields
        if field.attname not in leave and not isinstance(field, SealedField)
    }


def _tracks(custody: Custody) -> list[Track]:
    rows = Track.everything.filter(pk__in=custody.track_ids).select_related("cover__asset")
    return list(rows.order_by("pk"))
