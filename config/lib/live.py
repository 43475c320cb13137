"""Telling everybody who watches a thing that it has changed."""

import logging

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

logger = logging.getLogger(__name__)


def announce(group: str, event: str, **which: str) -> None:
    """Send an event, and which thing it is about, to a channels group; watchers read the row.

    The database is the truth, so a layer that is away is logged and nothing else stops.
    """
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(group, {"type": event, **which})
    except Exception:
        logger.exception("The channel layer did not take %s for %s.", event, group)
