"""What goes into a bundle: every row that tells of the matter as it is now, and the originals."""

from typing import Any

from django.db.models import Model

from config.lib.cipher import SealedField
from moderation import things
from moderation.models import Custody, Message
from social.models import Note, User
from tracks.models import Stem, Track, TrackVersion, TrackVisual


def snapshot(custody: Custody) -> dict[str, Any]:
    """Return the words of the matter: whose it is, what it says, who reported it, what was done."""
    case = custody.case
    row = things.find(case.target, case.target_id)
    track = _track(custody)
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
    if track:
        found["piece"] = rows_of([track], leave={"token"})
        found["versions"] = rows_of(versions_of(track))
        found["notes"] = rows_of(Note.objects.filter(track=track).order_by("pk"))
    return found


def originals(custody: Custody) -> list[tuple[str, str, str]]:
    """Return the originals: what each is called in the bundle, its key, and its SHA-256."""
    track = _track(custody)
    if track is None:
        return []
    stems = Stem.objects.filter(version__track=track).select_related("media__asset")
    visuals = TrackVisual.objects.filter(track=track).select_related("media__asset")
    carried = [(f"v{version.number}", version.media) for version in versions_of(track)]
    carried += [("stem", stem.media) for stem in stems]
    carried += [("visual", visual.media) for visual in visuals]
    if track.cover:
        carried.append(("cover", track.cover))
    found = {
        media.asset_id: (
            f"originals/{name}-{media.asset_id}",
            media.asset.key,
            media.asset.sha256,
        )
        for name, media in reversed(carried)
    }
    return list(reversed(found.values()))


def versions_of(track: Track) -> Any:
    """Return all versions of a piece with their files, the first one first."""
    rows = TrackVersion.objects.filter(track=track)
    return rows.select_related("media__asset").order_by("number")


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


def _track(custody: Custody) -> Track | None:
    if custody.track_id is None:
        return None
    found: Track | None = Track.everything.filter(pk=custody.track_id).first()
    return found
