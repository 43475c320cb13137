"""How far media processes are shut in on this machine, found out by trying.

What they read and write reaches them as open descriptors, so nothing inside needs to be able to
open a file but the programs themselves, and nothing at all needs a network.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LAUNCHER = Path(__file__).parent / "ffmpeg" / "launcher.py"
SYSTEM_FOLDERS = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/alternatives")
SELF_TEST_S = 10
SELF_TEST = """
import socket, sys
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2)
except OSError:
    print("alone", end="")
try:
    open(sys.argv[2])
except OSError:
    print("blind", end="")
"""


@dataclass(frozen=True)
class Tier:
    """A degree of isolation, and the means that it takes."""

    name: str
    sentence: str
    bubblewrap: bool = False
    landlock: bool = False
    network_namespace: bool = False

    @property
    def complete(self) -> bool:
        """Whether files and network are both out of reach."""
        return self.bubblewrap or (self.landlock and self.network_namespace)


BUBBLEWRAP = Tier(
    "bubblewrap",
    "Media processes see nothing but the programs they need, and have no network.",
    bubblewrap=True,
)
LANDLOCK = Tier(
    "landlock",
    "Media processes can open nothing but the programs they need, and have no network.",
    landlock=True,
    network_namespace=True,
)
LANDLOCK_ONLY = Tier(
    "landlock-only",
    "Media processes can open no files and no TCP connections. "
    "Allow user namespaces, or install bubblewrap, to take all of the network from them.",
    landlock=True,
)
NETWORK_NAMESPACE = Tier(
    "network-namespace",
    "Media processes have no network. Install bubblewrap to hide the files from them too.",
    network_namespace=True,
)
LIMITS_ONLY = Tier(
    "limits-only",
    "Media processes run under limits and whitelists only. Install bubblewrap for full isolation.",
)


@cache
def tier() -> Tier:
    """The strongest tier that passes its self-test: a file and a port it must not reach."""
    for candidate in (BUBBLEWRAP, LANDLOCK, LANDLOCK_ONLY, NETWORK_NAMESPACE):
        if _works(candidate):
            return candidate
    return LIMITS_ONLY


def launched(
    argv: Sequence[str],
    *,
    within: Tier,
    fds: Sequence[int] = (),
    limits: Mapping[str, int] | None = None,
    nice: int = 0,
    sees: Sequence[Path] = (),
) -> list[str]:
    """The command line that puts on the chains, then runs `argv`, see ``ffmpeg/launcher.py``.

    Beside what it needs to start, it may read what is in the folders that it `sees`.
    """
    plan = {
        "parent": os.getpid(),
        "network_namespace": within.network_namespace,
        "may_open": _programs(argv, sees) if within.landlock else None,
        "fds": list(fds),
        "limits": dict(limits or {}),
        "nice": nice,
    }
    command = _bubblewrapped(argv, sees) if within.bubblewrap else list(argv)
    return [sys.executable, "-I", "-S", str(LAUNCHER), json.dumps(plan), *command]


def _programs(argv: Sequence[str], sees: Sequence[Path]) -> list[str]:
    """What a program needs to see to start: itself and its libraries; and what else it may."""
    program = Path(argv[0])
    seen = {*SYSTEM_FOLDERS, "/etc/ld.so.cache", str(program), *map(str, sees)}
    if argv[0] == sys.executable:
        seen |= {sys.prefix, sys.base_prefix, str(Path(__file__).parent)}
    elif program.parent.name == "bin":
        seen.add(str(program.parent.parent / "lib"))
    return sorted(path for path in seen if Path(path).exists())


def _bubblewrapped(argv: Sequence[str], sees: Sequence[Path]) -> list[str]:
    seen = [word for path in _programs(argv, sees) for word in ("--ro-bind", path, path)]
    command = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--die-with-parent"]
    command += ["--cap-drop", "ALL", "--proc", "/proc", "--dev", "/dev", *seen, "--chdir", "/"]
    return [*command, "--", *argv]


def _works(candidate: Tier) -> bool:
    if candidate.bubblewrap and shutil.which("bwrap") is None:
        return False
    with socket.create_server(("127.0.0.1", 0)) as server, tempfile.NamedTemporaryFile() as file:
        port = server.getsockname()[1]
        attempt = [sys.executable, "-I", "-S", "-c", SELF_TEST, str(port), file.name]
        command = launched(attempt, within=candidate)
        try:
            outcome = subprocess.run(command, env={}, capture_output=True, timeout=SELF_TEST_S)
        except (OSError, subprocess.TimeoutExpired):
            return False
    files_hidden = candidate.bubblewrap or candidate.landlock
    expected = b"aloneblind" if files_hidden else b"alone"
    return outcome.returncode == 0 and outcome.stdout == expected
