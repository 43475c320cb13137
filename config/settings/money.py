"""Money: which way it goes, and in which currency."""

from config.lib import env

# `direct`: givers pay artists and charities themselves, and the ledger only remembers.
# `pooled`: the operator holds what is given until it is paid out, and answers for it.
NEXUS_MONEY = env.text("NEXUS_MONEY", "direct")
NEXUS_CURRENCY = env.text("NEXUS_CURRENCY", "EUR").upper()
# What a giver is told to do where the operator holds what is given: an account and its holder, say.
NEXUS_MONEY_INSTRUCTIONS = env.text("NEXUS_MONEY_INSTRUCTIONS")
# Where givers pay this site its own share directly; without it nothing can be shared with the site.
NEXUS_PAY_LINK = env.text("NEXUS_PAY_LINK")
