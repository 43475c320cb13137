"""Money: which way it goes, and in which currency."""

from config.lib import env

# `direct`: givers pay artists and charities themselves, and the ledger only remembers.
# `pooled`: the operator holds what is given until it is paid out, and answers for it.
NEXUS_MONEY = env.text("NEXUS_MONEY", "direct")
NEXUS_CURRENCY = env.text("NEXUS_CURRENCY", "EUR").upper()
