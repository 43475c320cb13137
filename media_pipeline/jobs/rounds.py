"""What the machine does by itself, again and again."""

from media_pipeline import free_space
from media_pipeline.assets.services import removal
from media_pipeline.jobs.services import sweeping
from media_pipeline.jobs.services.schedules import register_round
from media_pipeline.uploads.services import sweep


def look_for_room() -> None:
    """Let jobs wait for room, or go on; keep some room for the moment in which there is none."""
    sweeping.sweep_jobs()
    free_space.sweep_room()


def register_all() -> None:
    """Let the clock know; seconds are the longest one run may take."""
    minute, hour = 60, 3600
    add = register_round
    add("look-for-room", look_for_room, "Says which jobs wait for a full disk", every=15)
    add("remove-files", removal.sweep_removals, "Removes the files of what is gone", every=minute)
    add("sweep-uploads", sweep.sweep_uploads, "Forgets uploads nobody goes on with", every=hour)
    add("sweep-storage", sweep.sweep_storage, "Removes files no row knows", every=hour)
    add("sweep-attempts", sweeping.sweep_attempts, "Removes what attempts have left", every=hour)
    add("sweep-folders", sweeping.sweep_workspaces, "Removes folders of the dead", every=hour)
