"""Money: which way it goes, and in which currency."""

from config.lib import env

# `direct`: givers pay artists and charities themselves, and the ledger only remembers.
# `pooled`: the operator holds what is given until it is paid out, and answers for it.
NEXUS_MONEY = env.text("NEXUS_MONEY", "direct")
NEXUS_CURRENCY = env.text("NEXUS_CURRENCY", "EUR").upper()
# What an artist can ask for at least, in the currency: each transfer costs somebody something.
NEXUS_PAYOUT_MINIMUM = env.text("NEXUS_PAYOUT_MINIMUM", "10")
