"""Where rows, messages and live events live."""

from config import embedded
from config.lib import env
from config.lib.database_url import parse

# Whoever migrates or restores owns the tables, and the site does not (config.process.roles).
OWN_DATABASE_URL = env.text("DATABASE_URL")
SITE_ROLE = parse(OWN_DATABASE_URL)["USER"] if OWN_DATABASE_URL else embedded.SITE_ROLE
SITE_PASSWORD = parse(OWN_DATABASE_URL)["PASSWORD"] if OWN_DATABASE_URL else ""
DATABASE_URL = OWN_DATABASE_URL or embedded.database_url()
if OWN_DATABASE_URL and env.text(embedded.AS) == "owner":
    DATABASE_URL = env.text("NEXUS_OWNER_DATABASE_URL") or DATABASE_URL
REDIS_URL = env.text("REDIS_URL") or embedded.redis_url()

DATABASES = {
    "default": {
        **parse(DATABASE_URL),
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": env.number("NEXUS_DB_POOL", 16), "timeout": 10},
            # A list joins eight tables by key, from the one that is filtered. Trying every order
            # of eight costs PostgreSQL ten times what the query itself does; of four, a quarter.
            # What is prepared asks by key alone (config.lib.prepared): one plan is right for all.
            "options": "-c join_collapse_limit=4 -c plan_cache_mode=force_generic_plan",
        },
    }
}

# The folder of pg_dump and pg_restore; those on PATH are used where it has none.
NEXUS_PG_PROGRAMS = env.text("NEXUS_PG_PROGRAMS") or embedded.client_programs()

CACHES = {
    "default": {
        "BACKEND": "config.lib.cache.SharedRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "nexus",
    }
}

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "nexus-live"},
    }
}

# Sessions are rows: a FLUSHALL must not sign anybody out.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
