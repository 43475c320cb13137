"""The servers that Nexus brings along: PostgreSQL with pgvector, and Redis.

With no `DATABASE_URL` and no `REDIS_URL`, both run from wheels below the state folder. Every
process that needs them calls `ensure()`; the last one that leaves stops them. `database_url()` and
`redis_url()` only compute addresses, so settings may read them without starting anything.
"""

from config.embedded.errors import EmbeddedError
from config.embedded.lifetime import ensure, is_well, release, revive
from config.embedded.places import (
    AS,
    REPOSITORY,
    SITE_ROLE,
    database_url,
    redis_url,
    secret_key,
    state_dir,
)
from config.embedded.programs import client_programs

__all__ = [
    "AS",
    "REPOSITORY",
    "SITE_ROLE",
    "EmbeddedError",
    "client_programs",
    "database_url",
    "ensure",
    "is_well",
    "redis_url",
    "release",
    "revive",
    "secret_key",
    "state_dir",
]
