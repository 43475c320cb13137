"""Money: which way it goes, and in which currency."""

from config.lib import env

# `direct`: givers pay artists and charities themselves, and the ledger only remembers.
# `pooled`: the operator holds what is given until it is paid out, and answers for it.
NEXUS_MONEY = env.text("NEXUS_MONEY", "direct")
# What providers sign with what they tell us: `provider=key`, several of one while keys are changed.
NEXUS_HOOK_KEYS = env.pairs("NEXUS_HOOK_KEYS")
# A provider that moves no money, for tests and development.
NEXUS_TEST_PROVIDER = env.flag("NEXUS_TEST_PROVIDER")
NEXUS_CURRENCY = env.text("NEXUS_CURRENCY", "EUR").upper()
# What a giver is told to do where the operator holds what is given: an account and its holder, say.
NEXUS_MONEY_INSTRUCTIONS = env.text("NEXUS_MONEY_INSTRUCTIONS")
# Where givers pay this site its own share directly; without it nothing can be shared with the site.
NEXUS_PAY_LINK = env.text("NEXUS_PAY_LINK")

# Tax that is within the platform's share, in percent by the giver's country: `DE=19, FR=20, *=0`.
NEXUS_TAX_RATES = env.rates("NEXUS_TAX_RATES")
# What belongs to nobody any more (the part of an artist who has left): after so many months it goes
# back to its giver (`giver`), or to the charity of this slug. Never to the platform.
NEXUS_UNALLOCATED_MONTHS = env.number("NEXUS_UNALLOCATED_MONTHS", 12)
NEXUS_UNALLOCATED_TO = env.text("NEXUS_UNALLOCATED_TO", "giver")
# What is said to have been given and has not come in is waited for so many days; 0: for ever.
NEXUS_DECLARED_DAYS = env.number("NEXUS_DECLARED_DAYS", 60)
# What an artist can ask for at least, in the currency: each transfer costs somebody something.
NEXUS_PAYOUT_MINIMUM = env.text("NEXUS_PAYOUT_MINIMUM", "10")
