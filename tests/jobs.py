"""The work of a worker, done by the test itself."""

from media_pipeline.jobs.services import running
from media_pipeline.jobs.services.kinds import WORKERS


def do_jobs(worker: str = "general") -> int:
    """Do all that is due for a worker of this name; return how many jobs there were."""
    done = 0
    while running.run_next(WORKERS[worker]):
        done += 1
    return done
