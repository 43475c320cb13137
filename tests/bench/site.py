"""A Nexus of its own for the measurements: fresh state, real processes, loopback only."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120


def free_port() -> int:
    """Return a port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(state: Path, **more: str) -> dict[str, str]:
    """Return the environment of every process of the measured site."""
    # Throttling is for strangers; here it would measure itself.
    rates = {"NEXUS_API_RATE_ANON": "1000000", "NEXUS_API_RATE_USER": "1000000"}
    rates |= {"NEXUS_SESSION_SEGMENTS": "1000000", "NEXUS_CLIENT_SEGMENTS": "1000000"}
    return {**os.environ, "NEXUS_VAR": str(state), **rates, **more}


@contextmanager
def running(argv: list[str], env: dict[str, str], url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; enters once `url` answers below 500.

    Raises RuntimeError with the end of its output when it does not start.
    """
    log = Path(env["NEXUS_VAR"]) / f"bench-{Path(argv[1]).name}-{os.getpid()}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(argv, cwd=ROOT, env=env, stdout=output, stderr=output)
    try:
        until = time.monotonic() + START_SECONDS
        while not _answers(url):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{argv} did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()


def manage(*words: str, env: dict[str, str]) -> str:
    """Run one manage.py command of the measured site and return what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=env, check=True, capture_output=True
    )
    return done.stdout.decode()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False
