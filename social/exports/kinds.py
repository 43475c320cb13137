"""What archives give the machine to do, and how they end."""

from config.lib import kept
from media_pipeline.audit.registry import register_keys
from media_pipeline.backups.registry import after_restore
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.schedules import register_round
from social.exports.selectors import KIND, known_keys
from social.exports.services import beginning, making
from social.exports.services.importing import bringing

SECONDS = 24 * 3600
CRASHED = "Your archive stopped the machine three times, so it was put aside. Try once more."


def register_all() -> None:
    """Let the machine know; whoever leaves takes their archives with them."""
    register(
        Kind(
            KIND,
            "slow",
            making.make,
            "Makes an archive of a person’s data",
            SECONDS,
            gave_up=making.gave_up,
            crashed=CRASHED,
            needs_room=True,
        )
    )
    sentence = "Archives of people’s data: until they end, and what has failed for 30 days."
    kept.register_rule(kept.Rule("exports", ("social.Export",), sentence, beginning.forget))
    kept.on_farewell(beginning.leave)
    sentence = "Removes what killed imports have left"
    register_round("sweep-imports", bringing.sweep_imports, sentence, at=5)
    after_restore(beginning.forget_ready)
    register_keys("archives", "exports/", known_keys)
