"""Finds an nginx for the tests of the arrangement in `docker/`, and installs one where it may."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PLACES = ("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx")
ADVICE = (
    "Not run, because there is no nginx on this machine. Install it (Debian, Ubuntu: "
    "apt install nginx-light) and run them again."
)


def find() -> Path | None:
    """Return the program: NGINX_BIN, on PATH, or where distributions put it for root; else None."""
    if named := os.environ.get("NGINX_BIN"):
        return Path(named) if Path(named).is_file() else None
    if found := shutil.which("nginx"):
        return Path(found)
    return next((Path(place) for place in PLACES if Path(place).is_file()), None)


def main() -> None:
    """Install nginx when it is missing and that is possible; never starts it as a service."""
    if find() or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    sys.stdout.write("nexus: installing nginx for the tests\n")
    sys.stdout.flush()
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for words in ("update", "install -y --no-install-recommends nginx-light"):
        subprocess.run(["apt-get", "-qq", *words.split()], check=False, env=quiet)


if __name__ == "__main__":
    main()
