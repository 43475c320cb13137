"""Doors for the workers. Wake them by name: `config.lib.queue.send`."""

import dramatiq

from tracks.demo import filling


@dramatiq.actor(queue_name="slow")
def fill_demo() -> None:
    """Fill an empty site with a few pieces."""
    filling.fill(filling.folder_from_environment())
