"""Bringing back what has died under a running site, on a full disk as well."""

import time
from collections.abc import Callable

from django.conf import settings

from config import embedded
from config.lib import disk
from config.process.supervisor import say

LOOK_SECONDS = 3  # each look costs PostgreSQL a process
PAUSE_SECONDS = 3
ANSWER_SECONDS = 2


def reviver() -> Callable[[], None]:
    """Return a chore that starts again an embedded service which has died.

    On a full disk PostgreSQL stops when its log finds no room. The kept file is given up then,
    which lets people read on if it was enough; else it is tried until there is room. What is
    committed stays committed.
    """
    due, said = 0.0, ""

    def revive() -> None:
        nonlocal due, said
        if time.monotonic() < due:
            return
        due = time.monotonic() + LOOK_SECONDS
        if not (embedded.is_well() and disk.has_room(settings.STATE_DIR)) and not _answers():
            disk.give_up_kept(settings.STATE_DIR)
        try:
            embedded.revive()
        except (embedded.EmbeddedError, OSError) as error:
            due = time.monotonic() + PAUSE_SECONDS
            if str(error) != said:
                say(f"{error}\nIt is tried again every {PAUSE_SECONDS} s.")
            said = str(error)
        else:
            said = ""

    return revive


def _answers() -> bool:
    """Tell whether the database does more than take connections; asked on a short disk only."""
    import psycopg  # heavy, and seldom wanted

    try:
        psycopg.connect(embedded.database_url(), connect_timeout=ANSWER_SECONDS).close()
    except psycopg.Error:
        return False
    return True
