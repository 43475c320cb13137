"""What a site costs on which nothing happens: processor time and memory of all its processes."""

import time
from pathlib import Path

import psutil

MIB = 1024 * 1024
SETTLE_SECONDS = 20.0  # the first rounds of the clock come at once
SECONDS = 60.0


def measure(pid: int, state: Path, *, seconds: float = SECONDS) -> dict[str, float]:
    """Return percent of one core and MiB (PSS: shared pages count once) over so many seconds.

    PostgreSQL and Redis, which outlive no site but are no children of it, are counted.
    """
    time.sleep(SETTLE_SECONDS)
    processes = _of_site(pid, state)
    before = {process: _worked(process) for process in processes}
    time.sleep(seconds)
    busy = sum(_worked(process) - before[process] for process in processes)
    memory = sum(process.memory_full_info().pss for process in processes)
    return {
        "core_percent": round(100 * busy / seconds, 2),
        "memory_mib": round(memory / MIB),
        "processes": len(processes),
    }


def _of_site(pid: int, state: Path) -> list[psutil.Process]:
    servers = [each for each in psutil.process_iter() if str(state) in _command(each)]
    roots = {each.pid: each for each in [psutil.Process(pid), *servers]}
    children = {child.pid: child for root in roots.values() for child in _children(root)}
    return [each for each in (roots | children).values() if each.pid != psutil.Process().pid]


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _worked(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)
