"""Making bundles, as jobs; what they hold, and what the storage is told of them."""

from media_pipeline.audit.registry import register_keys
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from moderation.cases import registry
from moderation.custody import selectors, services
from moderation.models import Custody
from tracks import holds

SECONDS = 6 * 3600


def _bundle(lease: Lease) -> None:
    if custody := Custody.objects.filter(pk=lease.job.subject_id).first():
        services.bundle(custody=custody)


def register_all() -> None:
    """Let the machine know. Bundles are in backups, sealed: to lose one would be the worst."""
    register(
        Kind(
            services.JOB,
            "slow",
            _bundle,
            "Keeps evidence of a serious crime apart",
            SECONDS,
            needs_room=True,
        )
    )
    register_keys("custody", selectors.FOLDER, selectors.known_keys)
    holds.hold_tracks(selectors.tracks_held)
    holds.hold_lists(selectors.lists_held)
    holds.hold_people(selectors.people_held)
    registry.register(
        registry.Waiting(
            "custody", "Kept apart, due again", "kept apart", selectors.due_again, True
        )
    )
