"""What was signed off, in the archive of somebody's data."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q

from config.lib.archive import COUNT, ID, TIME, YES_OR_NO, maybe, moment, one_of, row, text
from config.lib.kept import Section, register_section
from social.models import SignOff, Stage, User
from tracks.models import Track

SCHEMA = row(
    "One act of signing a track off: on your tracks, or by you",
    id=ID,
    track=ID,
    track_title=text(200) | {"description": "Empty where you may not open it any more."},
    own_track=YES_OR_NO,
    version=maybe(ID),
    version_number=maybe(COUNT),
    act=one_of(*SignOff.Act.values),
    stage=one_of(*Stage.values),
    by=text(80),
    own=YES_OR_NO,
    note=text(2000),
    created_at=TIME,
)


def _rows(person: User) -> Iterator[dict[str, Any]]:
    visible = Track.objects.visible_to(person).filter(pk=OuterRef("track"))
    acts = SignOff.objects.filter(Q(track__owner=person) | Q(by=person))
    whole = acts.annotate(opens=Exists(visible)).select_related("track", "version", "by")
    for act in whole.order_by("pk").iterator():
        yield {
            "id": str(act.pk),
            "track": str(act.track_id),
            "track_title": act.track.title if act.opens else "",
            "own_track": act.track.owner_id == person.pk,
            "version": str(act.version_id) if act.version_id else None,
            "version_number": act.version.number if act.version else None,
            "act": act.act,
            "stage": act.stage,
            "by": act.by.name,
            "own": act.by_id == person.pk,
            "note": act.note,
            "created_at": moment(act.created_at),
        }


def register_all() -> None:
    """Say what goes along of sign-offs."""
    sentence = "How your tracks were signed off, and what you have signed."
    register_section(Section("sign_offs", sentence, SCHEMA, _rows))
