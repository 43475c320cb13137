"""What the machine does by itself, again and again."""

from media_pipeline import free_space
from media_pipeline.assets.services import removal
from media_pipeline.jobs.services import sweeping
from media_pipeline.jobs.services.schedules import register_round
from media_pipeline.sealing.services import close
from media_pipeline.uploads.services import sweep


def register_all() -> None:
    """Let the clock know; seconds are the longest one run may take."""
    quarter, minute, hour = 15, 60, 3600
    add = register_round
    add("sweep-waiting", sweeping.sweep_jobs, "Says which jobs wait for room", every=quarter)
    add("sweep-room", free_space.sweep_room, "Looks how full the disk is", every=quarter)
    add("close-seal", close, "Seals what was written into the log", every=minute)
    add("remove-files", removal.sweep_removals, "Removes the files of what is gone", every=minute)
    add("sweep-uploads", sweep.sweep_uploads, "Forgets uploads nobody goes on with", every=hour)
    add("sweep-storage", sweep.sweep_storage, "Removes files no row knows", every=hour)
    add("sweep-attempts", sweeping.sweep_attempts, "Removes what attempts have left", every=hour)
    add("sweep-ended", sweeping.sweep_ended, "Forgets jobs that ended long ago", every=hour)
    add("sweep-folders", sweeping.sweep_workspaces, "Removes folders of the dead", every=hour)
