"""The embedded PostgreSQL: the wheel's own binaries, run by ourselves.

The wheel's `get_server()` is not used: as root it opens every folder above its data to all users.
Here nothing above the state folder is touched; what cannot be reached is refused with a sentence.

The server listens on a unix socket in a folder of mode 0700 and on no port. Only its own account
and root can walk to that socket, so `trust` lets in nobody who could not read the data anyway.
"""

import os
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path

from config.embedded import tuning
from config.embedded.account import as_account, server_account
from config.embedded.errors import EmbeddedError
from config.embedded.places import (
    DATABASE,
    SITE_ROLE,
    closed_folder,
    make_own,
    prepare_state,
    run_dir,
    state_dir,
)
from config.embedded.programs import MAJOR, server_programs
from config.embedded.stuck import Watch

START_SECONDS = 60
STOP_SECONDS = 30
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "max_wal_size": "512MB",
    "huge_pages": "off",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
_watch = Watch()


def is_running() -> bool:
    """Return True when the server takes connections on its socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(_socket()))
        except OSError:
            return False
    return True


def start() -> None:
    """Start the server, with a new cluster when there is none; returns when it answers."""
    if is_running() and _is_ready():
        return
    refuse_closed_state()
    account = server_account()
    prepare_state()
    owner = account.pw_uid if account else os.geteuid()
    make_own(run_dir(), 0o711 if account else 0o700)
    make_own(run_dir() / "pg", 0o700, owner)
    make_own(_home(), 0o700, owner)
    programs = server_programs(account)
    if not _data().is_dir():
        _create_cluster(programs, account)
    _forget_stale_pids()
    _launch(programs, account)


def stop() -> None:
    """Stop the server and wait; open transactions are rolled back, committed ones are safe."""
    if not is_running():
        return
    account = server_account()
    subprocess.run(
        [
            server_programs(account) / "pg_ctl",
            "stop",
            "-D",
            _data(),
            "-mfast",
            "-w",
            f"-t{STOP_SECONDS}",
        ],
        cwd="/",
        check=False,
        capture_output=True,
        **as_account(account),
    )


def end_if_stuck() -> bool:
    """End a server that takes connections and answers none; call this again and again."""
    place = _data() / "postmaster.pid"
    pid = int(place.read_text().split("\n", 1)[0]) if _is_ours(place) else None
    if pid is None or not _watch.is_stuck(pid):
        return False
    _watch.end(pid)
    return True


def refuse_closed_state() -> None:
    """Raise EmbeddedError when root's server, another user, could not walk to its data."""
    if os.geteuid() != 0:
        return
    for place in (state_dir(), run_dir().parent):
        if closed := closed_folder(place):
            raise EmbeddedError(
                f"Root's PostgreSQL runs as another user, who cannot enter {closed}. Nexus never "
                "opens a folder: set NEXUS_VAR to a place below open folders (such as "
                "/var/lib/nexus), run Nexus as an ordinary user, or set DATABASE_URL."
            )


def _home() -> Path:
    return prepare_state() / "postgres"


def _data() -> Path:
    return _home() / str(MAJOR)


def _log() -> Path:
    return prepare_state() / "postgres.log"


def _socket() -> Path:
    return run_dir() / "pg" / ".s.PGSQL.5432"


def _create_cluster(programs: Path, account: pwd.struct_passwd | None) -> None:
    """Make the cluster and its database beside their place, then move them in: whole or not."""
    draft = _home() / f"{MAJOR}.new"
    shutil.rmtree(draft, ignore_errors=True)
    # The server's own C.UTF-8: the same order of texts on every system, whatever its libc has.
    locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options = ["-U", DATABASE, "--auth=trust", "--encoding=UTF8", "--no-sync", *locale]
    _run([programs / "initdb", "-D", draft, *options], account)
    _run(
        [programs / "postgres", "--single", "-D", draft, "postgres"],
        account,
        words=f"CREATE ROLE {SITE_ROLE} LOGIN CREATEDB\nCREATE DATABASE {DATABASE}\n",
    )
    os.sync()
    draft.rename(_data())


def _run(argv: list[str | Path], account: pwd.struct_passwd | None, words: str = "") -> None:
    done = subprocess.run(
        argv,
        input=words,
        cwd="/",
        check=False,
        capture_output=True,
        text=True,
        env={"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath},
        **as_account(account),
    )
    if done.returncode != 0:
        raise EmbeddedError(f"{Path(argv[0]).name} failed: {done.stderr.strip()[-600:]}")


def _forget_stale_pids() -> None:
    """Wait for a server that is on its way out; remove lock files whose process is another's.

    PostgreSQL refuses to start while the number in a lock file belongs to any living process,
    which after a power cut may be anything.
    """
    deadline = time.monotonic() + STOP_SECONDS
    for place in (_data() / "postmaster.pid", Path(f"{_socket()}.lock")):
        while _is_ours(place) and not _is_ready() and time.monotonic() < deadline:
            time.sleep(0.1)
        if not _is_ours(place):
            place.unlink(missing_ok=True)


def _is_ours(place: Path) -> bool:
    """Return True when the process that this lock file names is a server of our cluster."""
    try:
        pid = int(place.read_text().split("\n", 1)[0])
        return Path(f"/proc/{pid}/cwd").samefile(_data())
    except (OSError, ValueError):
        return False


def _launch(programs: Path, account: pwd.struct_passwd | None) -> None:
    options = (
        SETTINGS
        | tuning.settings(tuning.memory())
        | {"unix_socket_directories": f'"{run_dir() / "pg"}"'}
    )
    argv: list[str | Path] = [programs / "postgres", "-D", _data()]
    for name, value in options.items():
        argv += ["-c", f"{name}={value}"]
    if _log().exists() and _log().stat().st_size > 5_000_000:
        _log().replace(_log().with_suffix(".log.1"))
    _log().touch(mode=0o600)
    with _log().open("ab") as log:
        server = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env={"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath},
            # A session of its own: Ctrl-C in the terminal reaches the site, which stops us last.
            start_new_session=True,
            **as_account(account),
        )
    deadline = time.monotonic() + START_SECONDS
    while not _is_ready():
        if server.poll() is not None or time.monotonic() > deadline:
            tail = _log().read_text(errors="replace")[-800:]
            raise EmbeddedError(
                f"The embedded PostgreSQL did not start. {_log()} ends with:\n{tail}"
            )
        time.sleep(0.03)


def _is_ready() -> bool:
    try:
        lines = (_data() / "postmaster.pid").read_text().split("\n")
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() == "ready" and is_running()
