"""The child's side of every media process: put on the chains, then become the program.

Run by path as ``python -I -S launcher.py PLAN PROGRAM ARG…`` between fork and exec, so that the
web or worker process needs no ``preexec_fn`` (which may deadlock where threads run). It imports
nothing but the standard library and costs about 15 ms. PLAN is JSON, see ``sandbox.launched``.
"""

import ctypes
import fcntl
import json
import os
import resource
import signal
import struct
import sys

CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWNET = 0x08000000, 0x10000000, 0x40000000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446
EXECUTE, READ_FILE, READ_FOLDER = 1, 4, 8
TCP_BIND, TCP_CONNECT = 1, 2
ABSTRACT_SOCKETS, SIGNALS = 1, 2
FIRST_FD = 3
CANNOT_START = 125


def main() -> None:
    plan, argv = json.loads(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        _leave_the_network(plan["network_namespace"])
        _die_with_the_parent(plan["parent"])
        _close_the_files(plan["may_open"])
    os.nice(plan["nice"])
    _arrange(plan["fds"])
    for name, value in plan["limits"].items():
        resource.setrlimit(getattr(resource, name), (value, value))
    os.execve(argv[0], argv, {})  # noqa: S606


def _leave_the_network(wanted: bool) -> None:
    """Move into an empty network namespace: there is not even a loopback to connect to."""
    if not wanted:
        return
    flags = CLONE_NEWNET | CLONE_NEWIPC
    if os.geteuid() != 0:
        flags |= CLONE_NEWUSER
    if ctypes.CDLL(None, use_errno=True).unshare(flags) != 0:
        raise OSError(ctypes.get_errno(), "unshare")


def _die_with_the_parent(parent: int) -> None:
    """Ask the kernel for SIGKILL when the parent dies. After unshare, which would undo it."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(CANNOT_START)


def _close_the_files(may_open: list[str] | None) -> None:
    """Landlock: from here on only these paths can be opened, and only to read or to run them.

    Descriptors that are open already keep working. Source: linux/landlock.h.
    """
    if may_open is None:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    abi = libc.syscall(LANDLOCK_CREATE, None, 0, 1)
    if abi < 1:
        raise OSError(ctypes.get_errno(), "landlock")
    files = (1 << 13 + (abi >= 2) + (abi >= 3) + (abi >= 5)) - 1  # every right that it knows
    network = (TCP_BIND | TCP_CONNECT) * (abi >= 4)
    scoped = (ABSTRACT_SOCKETS | SIGNALS) * (abi >= 6)
    handled = struct.pack("=QQQ", files, network, scoped)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    rules = libc.syscall(LANDLOCK_CREATE, handled, size, 0)
    for path in may_open:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rights = EXECUTE | READ_FILE | (READ_FOLDER if os.path.isdir(path) else 0)  # noqa: PTH112
        rule = struct.pack("=Qi", rights, fd)
        if libc.syscall(LANDLOCK_ADD, rules, 1, rule, 0) != 0:
            raise OSError(ctypes.get_errno(), f"landlock {path}")
        os.close(fd)
    if libc.syscall(LANDLOCK_RESTRICT, rules, 0) != 0:
        raise OSError(ctypes.get_errno(), "landlock")
    os.close(rules)


def _arrange(fds: list[int]) -> None:
    """Give the inherited descriptors the numbers 3, 4, 5 … that the command line speaks of."""
    high = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 100) for fd in fds]
    for fd in fds:
        os.close(fd)
    for number, fd in enumerate(high, FIRST_FD):
        os.dup2(fd, number)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        os.write(2, f"launcher: {error}\n".encode())
        os._exit(CANNOT_START)
