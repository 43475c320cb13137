"""What comes round for tags."""

from media_pipeline.events.rounds import register_reader
from media_pipeline.jobs.services.schedules import register_round
from tracks.events import TRACK_CLOSED, TRACK_DELETED, TRACK_PUBLISHED, TRACK_RESTORED
from tracks.tags.services.counting import follow, recount_all


def register_all() -> None:
    """Keep the counts right: at once where somebody tells of it, else within ten minutes."""
    kinds = {TRACK_PUBLISHED, TRACK_CLOSED, TRACK_DELETED, TRACK_RESTORED}
    register_reader("tags", follow, "Counts the tags of published music", kinds=kinds)
    register_round("count-tags", recount_all, "Counts all tags anew", every=600)
