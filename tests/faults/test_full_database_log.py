"""The log of the embedded PostgreSQL finds no room: it stops, and comes back by itself."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.config.conftest import Launch, launch  # noqa: F401 - a fixture
from tests.disks import MIB, fill
from tests.sites import wait_until

START_SECONDS = 30
KEEPER = """
import signal, sys, time
from config import embedded
from config.embedded import stuck
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as manage.py does: servers are stopped
stuck.STUCK_SECONDS = stuck.QUIT_SECONDS = 2.0
embedded.ensure()
import django
django.setup()
from django.conf import settings
from config.lib import disk
from config.process.revival import reviver
if {keeps_room}:
    assert disk.keep_room(settings.STATE_DIR)
revive = reviver()
print("serving", flush=True)
while True:
    revive()
    time.sleep(0.2)
"""
NO_START = "startup process failure"
MEGABYTE = "SELECT 1 FROM pg_logical_emit_message(true, 'nexus', repeat('x', 1000000))"


class Database:
    """What a site asks its database, each time by a new connection."""

    def __init__(self, state: Path) -> None:
        self.address = f"postgresql://nexus@/nexus?host={state}/run/pg"
        self.committed = 0

    def ask(self, query: str) -> int:
        """Return the first number of the answer; -1 where there is none."""
        try:
            with psycopg.connect(self.address, connect_timeout=5, autocommit=True) as database:
                cursor = database.execute(query)
                found = cursor.fetchone() if cursor.description else None
        except psycopg.Error:
            return -1
        return int(found[0]) if found else 0

    def write_until_full(self) -> None:
        """Write a row and a megabyte of log, again and again."""
        for _ in range(200):
            if self.ask("INSERT INTO kept VALUES (1)") < 0:
                return
            self.committed += 1
            if self.ask(MEGABYTE) < 0:
                return
        raise AssertionError("it never was full")

    def kept(self) -> int:
        """Return how many rows there are; -1 while nobody answers."""
        return self.ask("SELECT count(*) FROM kept")


@pytest.mark.parametrize("keeps_room", [False, True])
def test_the_database_comes_back_and_has_lost_nothing(
    disk_of: Callable[[int], Path],
    launch: Launch,  # noqa: F811
    keeps_room: bool,
) -> None:
    """Without the kept file when there is room; with it at once, for reading."""
    disk = disk_of(320)
    state = disk / "var"
    script = KEEPER.format(keeps_room=keeps_room)
    keeper = launch(state, "-c", script, DJANGO_SETTINGS_MODULE="config.settings")
    assert keeper.stdout is not None
    assert keeper.stdout.readline() == "serving\n"
    database = Database(state)
    assert database.ask("CREATE TABLE kept (number int)") == 0
    filler = fill(disk, leave=1 * MIB)
    database.write_until_full()
    log = state / "postgres.log"
    wait_until(lambda: "No space left on device" in log.read_text(), START_SECONDS)
    if keeps_room:
        wait_until(lambda: database.kept() >= 0, START_SECONDS, every=0.2)
        assert filler.exists()
        assert not (state / ".kept-for-a-full-disk").exists()
    else:
        # By itself, and at least once more by those who keep it running.
        wait_until(lambda: log.read_text().count(NO_START) > 1, START_SECONDS)
        assert database.kept() == -1
    assert keeper.poll() is None, "the site ended with its database"

    filler.unlink()
    wait_until(lambda: database.kept() >= 0, START_SECONDS, every=0.2)
    # The very last one may have been committed though nobody heard of it any more.
    assert database.kept() - database.committed in {0, 1}
    assert database.ask("INSERT INTO kept VALUES (1)") == 0
    assert keeper.poll() is None


def test_a_database_that_takes_connections_and_answers_none_is_started_anew(
    disk_of: Callable[[int], Path],
    launch: Launch,  # noqa: F811
) -> None:
    """It was seen to lose the end of its recovering process; a halted one looks the same."""
    state = disk_of(224) / "var"
    script = KEEPER.format(keeps_room=False)
    keeper = launch(state, "-c", script, DJANGO_SETTINGS_MODULE="config.settings")
    assert keeper.stdout is not None
    assert keeper.stdout.readline() == "serving\n"
    database = Database(state)
    assert database.ask("CREATE TABLE kept (number int)") == 0
    assert database.ask("INSERT INTO kept VALUES (1)") == 0
    server = int((state / "postgres/18/postmaster.pid").read_text().split("\n")[0])
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    writer = next(int(child) for child in children if b"walwriter" in title(child))
    os.kill(server, signal.SIGSTOP)
    os.kill(writer, signal.SIGKILL)
    wait_until(lambda: not Path(f"/proc/{server}").exists(), START_SECONDS)
    wait_until(lambda: database.kept() == 1, START_SECONDS, every=0.2)
    assert keeper.poll() is None


def title(pid: str) -> bytes:
    """Return what a process calls itself."""
    return Path(f"/proc/{pid}/cmdline").read_bytes()
