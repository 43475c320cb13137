"""What else follows when a decision was made: upper topics say what they do then."""

from collections.abc import Callable

from moderation.models import Decision
from social.models import User

Follower = Callable[[Decision, User], None]
_followers: list[Follower] = []


def follows(act: Follower) -> Follower:
    """Register what is done after each decision, in its transaction: `(decision, by)`."""
    _followers.append(act)
    return act


def follow(decision: Decision, by: User) -> None:
    """Do what is registered."""
    for act in _followers:
        act(decision, by)
