"""What only the artist decides."""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from config.lib import live
from config.lib.problems import Problem
from social.models import User
from tracks import access
from tracks.models import Track
from tracks.visibility.services.closing import end_signatures


def must_own(track: Track, by: User) -> None:
    """Refuse whoever is not the owner of the track: Problem `not-the-owner`."""
    if by.pk != track.owner_id:
        raise Problem("not-the-owner", "Only the artist decides this.", status=403)


def cut_off(track: Track) -> None:
    """Let everything open on this track ask anew whether it may be.

    Where everybody may hear the track anyway, its sound stays as it is.
    """
    anybody = Track.objects.filter(access.visible(AnonymousUser()), pk=track.pk)
    if not anybody.exists():
        end_signatures(track)
    transaction.on_commit(lambda: live.announce(f"notes-{track.pk}", "notes.changed"))
