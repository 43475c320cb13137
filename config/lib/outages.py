"""When the site itself cannot go on: a full disk, or a database that is away for a moment."""

from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from psycopg_pool import PoolTimeout

from config.lib import disk
from config.lib.problems import Problem

RETRY_SECONDS = 30
DATABASE_ERRORS = (DatabaseError, InterfaceError, PoolTimeout)  # these have no common base


def outage_of(error: BaseException | None) -> Problem | None:
    """Return what to say where `error` is no fault of the request: `storage-full` or `away`.

    507 where the bytes sent found no room; 503 where the database did not, or is away. None for
    every other error.
    """
    state = Path(settings.STATE_DIR)
    away = is_away(error)
    if disk.is_full(error) or (away and not disk.has_room(state)):
        disk.give_up_kept(state)
        status = 503 if isinstance(error, OperationalError) else 507
        return Problem("storage-full", disk.ANSWER, status=status)
    if away:
        _forget_broken_connections()
        return Problem(
            "database-away", "The database does not answer just now. Try again soon.", status=503
        )
    return None


def is_away(error: BaseException | None) -> bool:
    """Tell whether the server could not be reached, or hung up: it is restarting, perhaps."""
    if isinstance(error, PoolTimeout | InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    # None: no answer at all. 08: connection lost. 57P: shutting down, crashed, starting up.
    return state is None or state.startswith(("08", "57P"))


def _forget_broken_connections() -> None:
    """Have the pool look at what it holds: a server that came back knows none of them."""
    with suppress(Exception):  # it is an outage already, and has been noted
        connection.close()
        if pool := getattr(connection, "pool", None):
            pool.check()
