"""Filling an empty site with a few pieces."""

from config.lib import queue


def begin() -> None:
    """Let a worker fill the site in the background; a second wish adds nothing."""
    queue.send("fill_demo", queue="slow")
