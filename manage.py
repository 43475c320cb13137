#!/usr/bin/env python
"""Nexus on the command line."""

import os
import signal
import sys

from config.embedded import AS, EmbeddedError, ensure
from config.process import site

# These only read or write files, so they start no server.
NEED_NOTHING = {"check", "collectstatic", "compilemessages", "findstatic", "help", "makemessages"}
NEED_NOTHING |= {"spectacular", "startapp", "version", "--help", "--version", "-h"}
# What strangers reach, or their files: as a role of the database that owns no table of it.
THE_SITE = {"serve", "worker"}


def main() -> None:
    """Run one command; the embedded services run at least for as long as it does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that we leave in order
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command == site.WORD:
        return site.main(sys.argv[2])
    os.environ[AS] = "site" if command in THE_SITE else "owner"
    try:
        if command not in NEED_NOTHING and "--help" not in sys.argv:
            ensure()
    except EmbeddedError as refusal:
        sys.exit(str(refusal))
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # heard; what is left is leaving in order


if __name__ == "__main__":
    main()
