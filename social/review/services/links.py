"""Links by which people without an account hear a track and write notes on it."""

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from config.lib.limits import spend
from config.lib.problems import Problem
from social.models import ReviewLink, User
from social.ownership import cut_off, must_own
from social.viewers import UNLOCKED
from tracks.models import Track

LINKS_MOST = 200  # that live, per track
LISTENING_SECONDS = 30 * 60  # what one listening lasts at most before it counts again


@transaction.atomic
def create(
    *,
    track: Track,
    by: User,
    recipient: str = "",
    password: str = "",
    expires_at: datetime | None = None,
    may_comment: bool = True,
) -> ReviewLink:
    """Make a link for one recipient. Raises the Problems `not-the-owner`, `too-many-links`."""
    must_own(track, by)
    Track.objects.locked(track.pk)
    if ReviewLink.objects.live().filter(track=track).count() >= LINKS_MOST:
        sentence = f"A piece has at most {LINKS_MOST} links at a time. Revoke some first."
        raise Problem("too-many-links", sentence, status=409)
    return ReviewLink.objects.create(
        track=track,
        recipient=recipient,
        password=make_password(password) if password else "",
        expires_at=expires_at,
        may_comment=may_comment,
        created_by=by,
    )


@transaction.atomic
def revoke(*, link: ReviewLink) -> None:
    """End the link everywhere: its page, the API, sockets, and sound already handed out."""
    ended = ReviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    if ended:
        cut_off(link.track)


def sweep_links() -> int:
    """Take back the sound of links that have run out; return of how many."""
    ended = 0
    for link in ReviewLink.objects.ended_unnoticed().select_related("track"):
        revoke(link=link)
        ended += 1
    return ended


def unlock(*, link: ReviewLink, password: str, session: Any, address: str) -> bool:
    """Prove the password for this session; False for a wrong one. Raises `too-many` (429)."""
    spend("review-password", f"{link.pk}:{address}")
    if not check_password(password, link.password):
        return False
    session[UNLOCKED] = sorted({*session.get(UNLOCKED, []), str(link.pk)})
    return True


def count_play(*, link: ReviewLink, address: str) -> None:
    """Count that somebody began to listen. Raises Problem when an address counts too often."""
    spend("review-play", address)
    ReviewLink.objects.filter(pk=link.pk).update(
        plays=F("plays") + 1, last_played_at=timezone.now()
    )
