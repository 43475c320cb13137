"""Notifications follow events, in a general worker."""

from datetime import datetime, timedelta

from django.db.models import Q

from config.lib.kept import Rule, forget_rows, register_rule
from media_pipeline.events.rounds import register_reader
from social.models import Notification
from social.notifications.registry import KINDS
from social.notifications.services import follow

READ_KEPT, UNREAD_KEPT = timedelta(days=180), timedelta(days=400)


def forget(now: datetime, most: int) -> int:
    """Forget what was read long ago, and what nobody will read any more."""
    old = Q(read_at__lt=now - READ_KEPT)
    old |= Q(read_at=None, created_at__lt=now - UNREAD_KEPT)
    return forget_rows(Notification.objects.filter(old), most)


def register_all() -> None:
    """Read whatever the registered kinds follow. Called when all apps have registered theirs."""
    events = {kind.event for kind in KINDS.values()}
    register_reader("notifications", follow, "Tells people what concerns them", kinds=events)
    sentence = "Notifications are forgotten 180 days after they were read, 400 days unread."
    register_rule(Rule("notifications", ("social.Notification",), sentence, forget))
