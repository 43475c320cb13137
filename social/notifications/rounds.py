"""Notifications follow events, in a general worker."""

from media_pipeline.events.rounds import register_reader
from social.notifications.registry import KINDS
from social.notifications.services import follow


def register_all() -> None:
    """Read whatever the registered kinds follow. Called when all apps have registered theirs."""
    events = {kind.event for kind in KINDS.values()}
    register_reader("notifications", follow, "Tells people what concerns them", kinds=events)
