"""Finds a Chromium for the browser tests, and installs one where that is possible."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "The browser tests need Chromium and none was found. Install it (Debian, Ubuntu: "
    "apt install chromium), or run: .venv/bin/playwright install chromium"
)


def find() -> Path | None:
    """Return the program: one on PATH, else the one Playwright has downloaded, else None."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return _of_playwright()


def main() -> None:
    """Install Chromium when it is missing. Never fails: without one the browser tests do."""
    if find():
        return
    sys.stdout.write("nexus: installing Chromium for the browser tests\n")
    sys.stdout.flush()
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for words in ("update", "install -y --no-install-recommends chromium"):
            subprocess.run(["apt-get", "-qq", *words.split()], check=False, env=quiet)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if not find():
        sys.stderr.write(ADVICE + "\n")


def _of_playwright() -> Path | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        program = Path(playwright.chromium.executable_path)
    return program if program.is_file() else None


if __name__ == "__main__":
    main()
