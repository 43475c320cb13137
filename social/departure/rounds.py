"""When people leave: in the hour after their day has come."""

from config.lib import kept
from media_pipeline.jobs.services.schedules import register_round
from social.departure.services import farewell
from social.departure.services.leaving import carry_out_due


def register_all() -> None:
    """Let the clock know, and say what goes with a person."""
    kept.on_farewell(farewell.leave_conversations, order=50)
    kept.on_farewell(farewell.remove_belongings, order=55)
    register_round(
        "departures", carry_out_due, "Deletes the accounts whose day has come", every=3600
    )
