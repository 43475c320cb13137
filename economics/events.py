"""What can happen with money, for whoever reads events; ids only."""

from media_pipeline.events.registry import register

DECLARED = "contribution.declared"
CONFIRMED = "contribution.confirmed"
REFUNDED = "contribution.refunded"
DISPUTED = "contribution.disputed"
DISPUTE_ENDED = "contribution.dispute_ended"
CANCELLED = "contribution.cancelled"
PLEDGE_BEGUN = "pledge.begun"
PLEDGE_CHANGED = "pledge.changed"
PLEDGE_ENDED = "pledge.ended"
DISBURSED = "charity.disbursed"
DISBURSEMENT_FAILED = "charity.disbursement_failed"
PAYOUT_ASKED = "payout.asked"
PAYOUT_SENT = "payout.sent"
PAYOUT_FAILED = "payout.failed"


def register_all() -> None:
    """Say what can happen here."""
    register(DECLARED, "Somebody says that they gave something.", "contribution", "artist")
    register(CONFIRMED, "What was given has come in.", "contribution", "artist")
    register(REFUNDED, "A contribution was given back.", "contribution", "artist")
    register(DISPUTED, "A giver’s bank asks a contribution back.", "contribution", "artist")
    register(DISPUTE_ENDED, "A dispute about a contribution ended.", "contribution", "artist")
    register(CANCELLED, "A contribution was cancelled, or failed.", "contribution", "artist")
    register(PLEDGE_BEGUN, "Somebody gives each month from now on.", "pledge")
    register(PLEDGE_CHANGED, "A monthly contribution was changed, paused or resumed.", "pledge")
    register(PLEDGE_ENDED, "A monthly contribution ended.", "pledge")
    register(DISBURSED, "Money was sent on to a charity.", "charity")
    register(DISBURSEMENT_FAILED, "Money sent to a charity did not arrive.", "charity")
    register(PAYOUT_ASKED, "An artist asks for what is owed to them.", "artist")
    register(PAYOUT_SENT, "What was owed to an artist was sent to them.", "artist")
    register(PAYOUT_FAILED, "What was sent to an artist did not arrive.", "artist")
