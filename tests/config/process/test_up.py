"""`manage.py up`, whole and real: what a person sees who starts, disturbs and stops a site."""

import os
import re
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.config.conftest import Launch, processes_of
from tests.sites import answers, free_port, wait_until


class RunningSite:
    """One start of the site over a state folder."""

    def __init__(self, state: Path, launch: Launch, port: int = 0) -> None:
        self.state, self.port = state, port or free_port()
        started = time.monotonic()
        self.process: subprocess.Popen[str] = launch(
            state, "manage.py", "up", "--port", str(self.port)
        )
        wait_until(lambda: answers(self.port) or self.process.poll() is not None, 240)
        self.seconds = time.monotonic() - started

    def get(self, path: str) -> httpx.Response:
        """Ask for a page."""
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=10)

    def children(self, *words: str) -> set[int]:
        """Return the process numbers of the children with these words in their command line."""
        found = set()
        for number in processes_of(self.state):
            with suppress(FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
                command = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
                if all(word.encode() in command for word in words):
                    found.add(number)
        return found

    def interrupt(self) -> str:
        """Press Ctrl-C; returns all that the site has said."""
        os.killpg(self.process.pid, signal.SIGINT)
        said, _ = self.process.communicate(timeout=20)
        return said


@pytest.mark.measured
@pytest.mark.long("a whole site starts and stops, twice")
def test_a_first_start_an_administrator_and_an_orderly_end(
    open_folder: Path, launch: Launch
) -> None:
    site = RunningSite(open_folder / "var", launch)
    assert site.get("/").status_code == 200
    assert site.get("/health/").json() == {"status": "ok"}
    wait_until(lambda: len(site.children("worker", "fast")) == 2)
    wait_until(lambda: bool(site.children("worker", "slow")))
    wait_until(lambda: len(roles_at_work(site.state)) == 1)  # what has prepared the site is gone
    assert roles_at_work(site.state) == {"nexus_site"}
    time.sleep(1.5)  # the supervisor looks once a second whether the site answers

    said = site.interrupt()
    assert f"serving at http://127.0.0.1:{site.port}/" in said
    assert re.search(r"administrator: admin   password: \S{12,}", said)
    assert said.rstrip().endswith("stopped.")
    assert site.process.returncode == 0
    assert processes_of(site.state) == []

    made = {path: path.stat().st_mtime_ns for path in made_once(site.state)}
    again = RunningSite(site.state, launch)
    assert {path: path.stat().st_mtime_ns for path in made_once(site.state)} == made
    assert again.seconds < site.seconds
    time.sleep(1.5)
    said = again.interrupt()
    assert "serving at" in said
    assert "password" not in said


@pytest.mark.long("a whole site starts three times")
def test_one_site_whose_dead_come_back_and_where_nobody_outlives_the_supervisor(
    open_folder: Path, launch: Launch
) -> None:
    site = RunningSite(open_folder / "var", launch)
    second = launch(site.state, "manage.py", "up", "--port", str(free_port()))
    said, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert "A site is running already" in said

    wait_until(lambda: len(site.children("worker", "fast")) == 2)
    killed = site.children("worker", "fast").pop()
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: killed not in site.children("worker", "fast"))
    wait_until(lambda: len(site.children("worker", "fast")) == 2)

    os.kill(postmaster(site.state), signal.SIGKILL)
    wait_until(lambda: site.get("/health/").status_code == 200, 30)

    site.process.kill()
    wait_until(lambda: processes_of(site.state) == [], 20)
    assert RunningSite(site.state, launch).get("/").status_code == 200


def roles_at_work(state: Path) -> set[str]:
    """Return the roles of all who are connected to the database of this site."""
    with psycopg.connect(f"host={state}/run/pg user=nexus dbname=nexus") as rows:
        return {
            name
            for (name,) in rows.execute(
                "SELECT usename FROM pg_stat_activity "
                "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
        }


def made_once(state: Path) -> list[Path]:
    """Return what only a first start makes: the cluster, and the collected static files."""
    files = [path for path in (state / "static").rglob("*") if path.is_file()]
    assert files
    return [state / "postgres/18/PG_VERSION", *files]


def postmaster(state: Path) -> int:
    return int((state / "postgres/18/postmaster.pid").read_text().split()[0])


def test_a_busy_port_is_a_sentence(open_folder: Path, launch: Launch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        process = launch(open_folder / "var", "manage.py", "up", "--port", str(port))
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert f"port {port}: Address already in use" in said
    assert f"PORT={port + 1} make run" in said
    assert "Traceback" not in said


def test_web_alone_refuses_behind_the_migrations(open_folder: Path, launch: Launch) -> None:
    process = launch(open_folder / "var", "manage.py", "serve", "--port", str(free_port()))
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "migrations are not applied" in said
    assert "Run `manage.py migrate`" in said
