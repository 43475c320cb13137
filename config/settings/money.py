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
