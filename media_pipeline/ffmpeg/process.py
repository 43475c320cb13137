"""Start a media program under limits, drain it, and end it for certain."""

import fcntl
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from media_pipeline import sandbox
from media_pipeline.ffmpeg.drain import Watch, drain
from media_pipeline.ffmpeg.launcher import CANNOT_START

MIB = 1 << 20
PIPE_BYTES = MIB  # the default of 64 KiB makes FFmpeg and us take turns

Callback = Callable[[bytes], object]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True)
class Limits:
    """What one media process may use. Memory and file size in bytes, times in seconds."""

    wall_s: float
    stall_s: float = 60
    address_space: int = 2048 * MIB + 64 * MIB * (os.cpu_count() or 1)
    resident: int = 768 * MIB
    file_size: int = 0
    open_files: int = 64
    nice: int = 0


@dataclass(frozen=True)
class RunResult:
    """How a process ended well. `peak_rss` in bytes, sampled twice a second."""

    stderr_tail: str
    peak_rss: int
    seconds: float


class ProcessFailed(Exception):
    """A media process ended badly.

    `reason`: exit, signal, too-slow, stalled, memory, or cannot-start (the machine's fault).
    """

    def __init__(self, reason: str, stderr_tail: str, returncode: int | None = None) -> None:
        super().__init__(f"{reason} ({returncode}): {stderr_tail[-300:]}")
        self.reason = reason
        self.stderr_tail = stderr_tail
        self.returncode = returncode


class Stopped(Exception):
    """The caller's `should_stop` said so; the process is dead."""


def run_limited(
    argv: list[str],
    *,
    limits: Limits,
    source: Path | None = None,
    beside: Sequence[Path] = (),
    pipes: Mapping[str, Callback] | None = None,
    files: Mapping[str, Path] | None = None,
    should_stop: ShouldStop | None = None,
    sees: Sequence[Path] = (),
) -> RunResult:
    """Run one media program to its end, in its own session, chained, with an empty environment.

    It finds open descriptors, from 3 on: the source (if any) and what it reads `beside` it, the
    pipes, the files; of the machine it reads nothing but programs and what it `sees`. What arrives
    on a pipe is given to its callback, in this thread. It is killed with all its children when it
    outlives a limit (ProcessFailed), when `should_stop` says so, asked twice a second (Stopped),
    when a callback raises, and by the kernel when this process dies. Where it failed and one of
    `files` cannot grow, the disk is what failed: the OSError of that is raised instead.
    """
    with ExitStack() as stack:
        theirs: list[FileIO] = []
        ours: dict[int, Callback] = {}
        for path in (*([source] if source else []), *beside):
            theirs.append(stack.enter_context(path.open("rb", buffering=0)))
        for callback in (pipes or {}).values():
            read_end, write_end = _pipe(stack)
            theirs.append(write_end)
            ours[read_end.fileno()] = callback
        for path in (files or {}).values():
            theirs.append(stack.enter_context(path.open("w+b", buffering=0)))
        errors, stderr = _pipe(stack)
        fds = [file.fileno() for file in theirs]
        process = subprocess.Popen(
            _launched(argv, fds, limits, sees),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            pass_fds=fds,
            cwd="/",
            env={},
            start_new_session=True,
        )
        stack.callback(_end, process)
        for file in (*theirs, stderr):
            file.close()
        watch = Watch(process, limits.wall_s, limits.stall_s, limits.resident, should_stop)
        verdict = drain(ours, errors.fileno(), watch)
    if verdict == "stopped":
        raise Stopped
    if verdict is not None:
        raise ProcessFailed(verdict, watch.stderr_tail)
    if process.returncode:
        _require_room(files or {})
        raise ProcessFailed(_reason(process.returncode), watch.stderr_tail, process.returncode)
    return RunResult(watch.stderr_tail, watch.peak_rss, watch.seconds)


def _require_room(files: Mapping[str, Path]) -> None:
    """Try to make what was written a little longer. Raises OSError where there is no room.

    What the program said is not asked: its last words may be a stranger's.
    """
    for path in files.values():
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), os.fstat(file.fileno()).st_size, MIB)


def _reason(returncode: int) -> str:
    if returncode == CANNOT_START:
        return "cannot-start"
    return "signal" if returncode < 0 else "exit"


def _launched(argv: list[str], fds: list[int], limits: Limits, sees: Sequence[Path]) -> list[str]:
    resources = {
        "RLIMIT_AS": limits.address_space,
        "RLIMIT_CPU": int(limits.wall_s * (os.cpu_count() or 1)) + 1,
        "RLIMIT_FSIZE": limits.file_size,
        "RLIMIT_NOFILE": limits.open_files + len(fds),
        "RLIMIT_CORE": 0,
    }
    return sandbox.launched(
        argv, within=sandbox.tier(), fds=fds, limits=resources, nice=limits.nice, sees=sees
    )


def _pipe(stack: ExitStack) -> tuple[FileIO, FileIO]:
    read_fd, write_fd = os.pipe()
    read_end = stack.enter_context(FileIO(read_fd, "rb"))
    write_end = stack.enter_context(FileIO(write_fd, "wb"))
    with suppress(OSError):  # the user's share of pipe memory may be spent
        fcntl.fcntl(read_fd, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return read_end, write_end


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the whole session of the process, children of children included, and reap it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
