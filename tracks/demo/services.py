"""Filling an empty site with a few pieces."""

from media_pipeline.jobs.services import jobs

KIND = "fill-demo"


def begin() -> None:
    """Let a worker fill the site in the background; a second wish adds nothing."""
    jobs.enqueue(KIND)
