"""Doors for the workers. Wake them by name: `config.lib.queue.send`."""

import dramatiq

from media_pipeline.jobs.services.running import run_job


@dramatiq.actor(queue_name="fast")
def process_asset(job_id: str) -> None:
    """Make an asset playable, with everything a page shows of it."""
    run_job(job_id)


@dramatiq.actor(queue_name="slow", priority=10)
def make_extras(job_id: str) -> None:
    """Make the lossless and MP3 renditions that nobody waits for."""
    run_job(job_id)


@dramatiq.actor(queue_name="visual")
def make_visual(job_id: str) -> None:
    """Make the picture or film of a track: its owner looks on, so before any extras that wait."""
    run_job(job_id)
