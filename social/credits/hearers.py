"""Who hears of credits: whoever is credited, and whoever has claimed a name."""

from media_pipeline.models import Event
from social.notifications.registry import Notice, Whom, author_of, register, row_of
from tracks.events import CREDIT_GIVEN, NAME_CLAIM_DECIDED, TRACK_PUBLISHED
from tracks.models import Credit, NameClaim, Track


def _credited(event: Event) -> Notice | None:
    credit: Credit | None = row_of(event, Credit)
    # Of a release nobody is told: its tracks say it.
    if credit is None or credit.track is None:
        return None
    return Notice([event.data["person"]], author_of(event), track=credit.track)


def _credited_before(event: Event) -> Notice | None:
    """Whoever was credited while nobody could open it hears of it when everybody can."""
    track: Track | None = row_of(event, Track)
    if track is None:
        return None
    people = track.credits.exclude(name__account=None).values_list("name__account", flat=True)
    return Notice(set(people) - {track.owner_id}, author_of(event), track=track)


def _decided(state: str) -> Whom:
    def whom(event: Event) -> Notice | None:
        claim: NameClaim | None = row_of(event, NameClaim)
        if claim is None or claim.state != state or claim.decided_by_id == claim.person_id:
            return None
        # Who decided it is not named, as with every decision of moderators.
        return Notice([claim.person_id])

    return whom


def register_all() -> None:
    """Say what people are told."""
    register("credited", "credited you on a piece", on=CREDIT_GIVEN, whom=_credited)
    register(
        "credited-published",
        "published a piece on which you are credited",
        on=TRACK_PUBLISHED,
        whom=_credited_before,
    )
    register(
        "name-granted",
        "links the artist’s name that you asked for to your page now",
        on=NAME_CLAIM_DECIDED,
        whom=_decided(NameClaim.State.GRANTED),
    )
    register(
        "name-refused",
        "does not link the artist’s name that you asked for to your page",
        on=NAME_CLAIM_DECIDED,
        whom=_decided(NameClaim.State.REFUSED),
    )
