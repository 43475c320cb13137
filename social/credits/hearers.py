"""Who hears of credits, once for each thing: whoever is credited, and whoever has claimed a name.

Whoever is credited on a release hears of that, and not of each of its tracks besides.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from media_pipeline.models import Event
from social.models import Notification, User
from social.notifications.registry import Notice, Whom, author_of, register, row_of
from tracks.events import CREDIT_GIVEN, NAME_CLAIM_DECIDED, RELEASE_PUBLISHED, TRACK_PUBLISHED
from tracks.models import Credit, NameClaim, Release, Track


def _credited(event: Event) -> Notice | None:
    credit: Credit | None = row_of(event, Credit)
    if credit is None or credit.track is None:
        return None
    people = _without_those_of_releases(credit.track, [UUID(event.data["person"])])
    return _of(credit.track, people, event)


def _credited_before(event: Event) -> Notice | None:
    """Whoever was credited while nobody could open it hears of it when everybody can."""
    track: Track | None = row_of(event, Track)
    if track is None:
        return None
    return _of(track, _without_those_of_releases(track, _people(track)), event)


def _credited_on_release(event: Event) -> Notice | None:
    credit: Credit | None = row_of(event, Credit)
    if credit is None or credit.release is None:
        return None
    return _of_release(credit.release, [UUID(event.data["person"])], event)


def _credited_on_release_before(event: Event) -> Notice | None:
    release: Release | None = row_of(event, Release)
    return _of_release(release, _people(release), event) if release else None


def _people(thing: Track | Release) -> list[UUID]:
    """Return whose names are credited on it, but its owner's."""
    credits = thing.credits.exclude(name__account=None).exclude(name__account=thing.owner_id)
    return list(credits.values_list("name__account", flat=True).distinct())


def _without_those_of_releases(track: Track, people: Iterable[UUID]) -> list[UUID]:
    """Leave out who is credited on a release with this track that they may open."""
    left = []
    for person in people:
        releases = Release.objects.filter(items__track=track, credits__name__account=person)
        if not _opened(releases, person).exists():
            left.append(person)
    return left


def _of(track: Track, people: Iterable[UUID], event: Event) -> Notice:
    key = f"credit:{track.pk}"
    return Notice(_untold(people, key), author_of(event), track=track, key=key)


def _of_release(release: Release, people: Iterable[UUID], event: Event) -> Notice:
    """Return who may open it and has not heard of it; others hear when it comes out."""
    key = f"credit:{release.pk}"
    rows = Release.objects.filter(pk=release.pk)
    open_to = [person for person in people if _opened(rows, person).exists()]
    return Notice(_untold(open_to, key), author_of(event), key=key)


def _opened(releases: Any, person: UUID) -> Any:
    user = User.objects.filter(pk=person).first()
    return releases.filter(pk__in=Release.objects.visible_to(user)) if user else releases.none()


def _untold(people: Iterable[UUID], key: str) -> list[UUID]:
    """Leave out who has heard of it: credited in two roles, or taken off and put on again."""
    told = set(Notification.objects.filter(key=key).values_list("user_id", flat=True))
    return [person for person in people if person not in told]


def _release(row: Notification) -> str:
    """Return the page of the release; "" where it is closed by now."""
    label, _, key = row.subject.partition(":")
    wanted = {"pk": key} if label == "tracks.release" else {"credits": key}
    rows: Any = Release.objects.visible_to(row.user).filter(**wanted)
    found = rows.first()
    return found.get_absolute_url() if found else ""


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
        "credited-release",
        "credited you on a release",
        on=CREDIT_GIVEN,
        whom=_credited_on_release,
        leads_to=_release,
    )
    register(
        "credited-release-published",
        "published a release on which you are credited",
        on=RELEASE_PUBLISHED,
        whom=_credited_on_release_before,
        leads_to=_release,
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
