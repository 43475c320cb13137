"""How far media processes are shut in on this machine, found out by trying."""

import json
import os
import shutil
import socket
import subprocess
import sys
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
    print("shut in", end="")
"""


@dataclass(frozen=True)
class Tier:
    """A degree of isolation. `name`: bubblewrap, network-namespace or limits-only."""

    name: str
    sentence: str


BUBBLEWRAP = Tier(
    "bubblewrap",
    "Media processes see nothing but the programs they need, and have no network.",
)
NETWORK_NAMESPACE = Tier(
    "network-namespace",
    "Media processes have no network. Install bubblewrap to hide the file system from them too.",
)
LIMITS_ONLY = Tier(
    "limits-only",
    "Media processes run under limits and whitelists only. Install bubblewrap for full isolation.",
)


@cache
def tier() -> Tier:
    """The strongest tier that passes its self-test here: a connection attempt that must fail."""
    for candidate in (BUBBLEWRAP, NETWORK_NAMESPACE):
        if _works(candidate):
            return candidate
    return LIMITS_ONLY


def wrap(argv: list[str]) -> list[str]:
    """The command line with the tier's own program in front, where it has one."""
    return _bubblewrapped(argv) if tier() == BUBBLEWRAP else argv


def _bubblewrapped(argv: list[str]) -> list[str]:
    """Sources and results travel as open descriptors, so only programs need to be seen inside."""
    program = Path(argv[0])
    folders = {*SYSTEM_FOLDERS, str(program.parent)}
    if argv[0] == sys.executable:
        folders |= {sys.prefix, sys.base_prefix, str(Path(__file__).parent)}
    seen = [word for folder in sorted(folders) for word in ("--ro-bind-try", folder, folder)]
    command = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--die-with-parent"]
    command += ["--cap-drop", "ALL", "--proc", "/proc", "--dev", "/dev", *seen, "--chdir", "/"]
    return [*command, "--", *argv]


def _works(candidate: Tier) -> bool:
    if candidate == BUBBLEWRAP and shutil.which("bwrap") is None:
        return False
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        probe = [sys.executable, "-I", "-S", "-c", SELF_TEST, str(port)]
        if candidate == BUBBLEWRAP:
            probe = _bubblewrapped(probe)
        plan = {
            "parent": os.getpid(),
            "isolate_network": candidate == NETWORK_NAMESPACE,
            "nice": 0,
            "fds": [],
            "limits": {},
        }
        command = [sys.executable, "-I", "-S", str(LAUNCHER), json.dumps(plan), *probe]
        try:
            outcome = subprocess.run(command, env={}, capture_output=True, timeout=SELF_TEST_S)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return outcome.returncode == 0 and outcome.stdout == b"shut in"
