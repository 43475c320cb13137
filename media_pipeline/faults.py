"""Named places where a test may kill this very process. Inert unless NEXUS_FAULT names one."""

import os
import signal

_NAMED = {part.strip() for part in os.environ.get("NEXUS_FAULT", "").split(",") if part.strip()}


def point(name: str, subject: str = "") -> None:
    """Die here as if by `kill -9` when NEXUS_FAULT lists `name` or `name=subject`."""
    if _NAMED and (name in _NAMED or f"{name}={subject}" in _NAMED):
        os.kill(os.getpid(), signal.SIGKILL)
