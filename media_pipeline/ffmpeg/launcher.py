"""The child's side of every media process: put on the chains, then become the program.

Run by path as ``python -I -S launcher.py PLAN PROGRAM ARG…`` between fork and exec, so that the
web or worker process needs no ``preexec_fn`` (which may deadlock where threads run). It imports
nothing but the standard library and costs about 15 ms. PLAN is JSON, see ``process._plan``.
"""

import ctypes
import fcntl
import json
import os
import resource
import signal
import sys

CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWNET = 0x08000000, 0x10000000, 0x40000000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
FIRST_FD = 3
CANNOT_START = 125


def main() -> None:
    plan, argv = json.loads(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        _leave_the_network(plan["isolate_network"])
        _die_with_the_parent(plan["parent"])
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
