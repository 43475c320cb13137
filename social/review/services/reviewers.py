"""Who may write notes on a track, and who is asked to."""

from django.db import transaction

from config.lib import kept_pages
from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from social.events import REVIEWER_INVITED
from social.models import Reviewer, ReviewPolicy, User
from social.ownership import cut_off, must_own
from tracks.models import Track

REVIEWERS_MOST = 200


@transaction.atomic
def set_policy(*, track: Track, who: str) -> ReviewPolicy:
    """Say who may write notes on the track."""
    row, _ = ReviewPolicy.objects.update_or_create(track=track, defaults={"who": who})
    kept_pages.forget(f"track:{track.pk}")
    return row


@transaction.atomic
def invite(*, track: Track, by: User, user: User) -> Reviewer:
    """Ask somebody to review; they may open the track from now on, and hear of it.

    Raises the Problems `not-the-owner`, `owner-already`, `too-many-reviewers`. Asking twice changes
    nothing.
    """
    must_own(track, by)
    if user.pk == track.owner_id:
        raise Problem("owner-already", "This piece is yours: you may write on it anyway.")
    Track.objects.locked(track.pk)
    if Reviewer.objects.filter(track=track).count() >= REVIEWERS_MOST:
        sentence = f"A piece has at most {REVIEWERS_MOST} reviewers."
        raise Problem("too-many-reviewers", sentence, status=409)
    row, is_new = Reviewer.objects.get_or_create(
        track=track, user=user, defaults={"invited_by": by}
    )
    if is_new:
        kept_pages.forget(f"track:{track.pk}")
        words = {"track": track.pk, "user": user.pk}
        tell(REVIEWER_INVITED, of=row, by=by.pk, audience=OWNER, **words)
    return row


@transaction.atomic
def dismiss(*, track: Track, user: User) -> None:
    """Ask somebody no longer: what only reviewers may open is closed to them at once."""
    gone, _ = Reviewer.objects.filter(track=track, user=user).delete()
    if gone:
        kept_pages.forget(f"track:{track.pk}")
        cut_off(track)
