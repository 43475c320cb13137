"""What releases give the machine to do beside their hour (`tracks.visibility.kinds`)."""

from media_pipeline.jobs.services.schedules import register_round
from tracks.releases.services import drafts


def register_all() -> None:
    """Let drafts be filled in whose files were read while nobody heard."""
    sentence = "Fills in drafts of releases from the tags of their files"
    register_round("settle-drafts", drafts.settle_all, sentence, every=120)
