"""What only the artist decides."""

from config.lib.problems import Problem
from social.models import User
from tracks.models import Track


def must_own(track: Track, by: User) -> None:
    """Refuse whoever is not the owner of the track: Problem `not-the-owner`."""
    if by.pk != track.owner_id:
        raise Problem("not-the-owner", "Only the artist decides this.", status=403)
