"""People without an account, by the name they gave."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from config.lib import kept_pages, live
from config.lib.limits import spend
from config.lib.problems import Problem
from social.models import Note, ReviewGuest, ReviewLink
from social.viewers import GUESTS, live_link

GUESTS_MOST = 100  # per link


@transaction.atomic
def enter(*, link: ReviewLink, name: str, session: Any, address: str) -> ReviewGuest:
    """Give this session a name behind the link; a second time, change it.

    Raises the Problems `link-ended`, `listening-only`, `guest-removed`, `too-many` and
    `too-many-guests`.
    """
    if live_link(link.token, session) is None:
        raise Problem("link-ended", "This link opens nothing (any more).", status=403)
    if not link.may_comment:
        raise Problem("listening-only", "This link is for listening only.", status=403)
    known = link.guests.filter(pk=session.get(GUESTS, {}).get(str(link.pk))).first()
    if known and known.removed_at:
        sentence = "The artist has closed the notes to you. You can still listen."
        raise Problem("guest-removed", sentence, status=403)
    spend("review-name", address)
    if known:
        known.name = name
        known.save(update_fields=["name"])
        _tell(link)
        return known
    ReviewLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.guests.count() >= GUESTS_MOST:
        sentence = "This link has all the guests it can have. Ask the artist for another one."
        raise Problem("too-many-guests", sentence, status=409)
    guest = ReviewGuest.objects.create(link=link, name=name)
    session[GUESTS] = session.get(GUESTS, {}) | {str(link.pk): str(guest.pk)}
    return guest


@transaction.atomic
def remove(*, guest: ReviewGuest, with_notes: bool) -> int:
    """Close the notes to this guest, with or without what they wrote; return the notes removed.

    Replies of others stay where they are.
    """
    now, gone = timezone.now(), 0
    ReviewGuest.objects.filter(pk=guest.pk, removed_at=None).update(removed_at=now)
    if with_notes:
        notes = Note.objects.filter(guest=guest, removed_at=None)
        gone = notes.update(removed_at=now, body_md="")
    _tell(guest.link)
    return gone


def _tell(link: ReviewLink) -> None:
    kept_pages.forget(f"track:{link.track_id}")
    transaction.on_commit(lambda: live.announce(f"notes-{link.track_id}", "notes.changed"))
