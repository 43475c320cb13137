"""For tests that start whole sites and servers of their own, far from the one of this run."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REPLACED = ("DATABASE_URL", "REDIS_URL", "NEXUS_VAR", "NEXUS_TESTS", "DJANGO_SETTINGS_MODULE")

Launch = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder whose way is open to everybody (pytest's own are closed: root's server needs it)."""
    folder = Path(tempfile.mkdtemp(prefix="nexus-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def launch() -> Iterator[Launch]:
    """A function: state folder and words of Python → a process in a session of its own."""
    started: list[subprocess.Popen[str]] = []

    def start(state: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
        kept = {name: value for name, value in os.environ.items() if name not in REPLACED}
        process = subprocess.Popen(
            [sys.executable, "-u", *words],
            env=kept | {"NEXUS_VAR": str(state), "PYTHONPATH": str(ROOT)} | environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def processes_of(state: Path) -> list[int]:
    """Return the numbers of the living processes whose command line or folder names `state`."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes()
            surroundings = (place / "environ").read_bytes()
        except OSError:
            continue
        if command and os.fsencode(state) in command + surroundings:
            found.append(int(place.name))
    return sorted(set(found) - {os.getpid()})
