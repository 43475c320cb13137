"""What machines may read, and which ones: everything works with none of it set."""

from config.lib import env

# Where recordings may be read unless their owner says otherwise: `nowhere`, `here`, `providers`.
NEXUS_MACHINES = env.text("NEXUS_MACHINES", "here")
# Who hears words: `local` (where it is installed), `openai`, `none`. A model: a name or a folder.
NEXUS_SPEECH = env.text("NEXUS_SPEECH", "local")
NEXUS_SPEECH_MODEL = env.text("NEXUS_SPEECH_MODEL")
# Who makes vectors: `lexical` (always there), `local` (where it is installed), `openai`.
NEXUS_EMBEDDINGS = env.text("NEXUS_EMBEDDINGS", "lexical")
NEXUS_EMBEDDINGS_MODEL = env.text("NEXUS_EMBEDDINGS_MODEL")
NEXUS_EMBEDDINGS_DIMENSIONS = env.number("NEXUS_EMBEDDINGS_DIMENSIONS", 0)
# Who writes suggestions: `extractive` (always there), `openai`.
NEXUS_WRITER = env.text("NEXUS_WRITER", "extractive")
NEXUS_WRITER_MODEL = env.text("NEXUS_WRITER_MODEL")
# Any server that speaks OpenAI's wire, and its key. One of your own may have a private address.
NEXUS_OPENAI_URL = env.text("NEXUS_OPENAI_URL", "https://api.openai.com/v1")
NEXUS_OPENAI_KEY = env.text("NEXUS_OPENAI_KEY")
# How much may be sent to providers in a day: characters and seconds of sound; 0 for no bound.
NEXUS_PROVIDER_CHARACTERS = env.number("NEXUS_PROVIDER_CHARACTERS", 5_000_000)
NEXUS_PROVIDER_SECONDS = env.number("NEXUS_PROVIDER_SECONDS", 36_000)
# Text and data mining of what everybody can read, unless an owner says otherwise: `reserved` (by
# W3C's TDM Reservation Protocol, ai.txt and robots.txt) or `open`; and, where there is one, the
# address of the terms on which it is allowed.
NEXUS_MINING = env.text("NEXUS_MINING", "reserved")
NEXUS_MINING_POLICY = env.text("NEXUS_MINING_POLICY")
# Whom robots.txt turns away while mining is reserved: crawlers that gather what models learn from.
NEXUS_CRAWLERS_REFUSED = env.words(
    "NEXUS_CRAWLERS_REFUSED",
    "AI2Bot, Amazonbot, Applebot-Extended, Bytespider, CCBot, ClaudeBot, Diffbot,"
    " Google-Extended, GPTBot, ImagesiftBot, img2dataset, Meta-ExternalAgent, omgili,"
    " PanguBot, Timpibot, Webzio-Extended",
)
