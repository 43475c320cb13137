"""Who hears of signing off: the track's owner, and whoever is asked to."""

from media_pipeline.models import Event
from social.events import APPROVER_ASKED, SIGN_OFF_SAID
from social.models import Approver, SignOff
from social.notifications.registry import Notice, Whom, author_of, register, row_of
from tracks.models import Track


def _said(act: str) -> Whom:
    def whom(event: Event) -> Notice | None:
        row: SignOff | None = row_of(event, SignOff)
        if row is None or row.act != act:
            return None
        return Notice([row.track.owner_id], row.by, track=row.track)

    return whom


def _asked(event: Event) -> Notice | None:
    track: Track | None = row_of(event, Track)
    user = event.data["user"]
    if track is None or not Approver.objects.filter(track=track, user=user).exists():
        return None
    return Notice([user], author_of(event), track=track)


def register_all() -> None:
    """Say what people are told."""
    act = SignOff.Act
    register("approver", "asked you to sign off a piece", on=APPROVER_ASKED, whom=_asked)
    register("signed", "signed off your piece", on=SIGN_OFF_SAID, whom=_said(act.SIGNED))
    declined = "asked for changes to your piece"
    register("declined", declined, on=SIGN_OFF_SAID, whom=_said(act.DECLINED))
