"""Finds a Chromium for the browser tests, and installs one where that is possible."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

LIGHT = "chromium-headless-shell"
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


def find_light() -> Path | None:
    """Return the program without a window's parts, a quarter quicker; else what `find` returns.

    It has no profile on disk, asks for no permission and blocks no cookie: who needs these takes
    `find`.
    """
    return Path(found) if (found := shutil.which(LIGHT)) else find()


def main() -> None:
    """Install Chromium when it is missing. Never fails: without one the browser tests do."""
    missing = [*([] if find() else ["chromium"]), *([] if shutil.which(LIGHT) else [LIGHT])]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _say()
        for words in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
            _apt_get(*words)
    if not find():
        _say()
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if not find():
        sys.stderr.write(ADVICE + "\n")


def _say() -> None:
    sys.stdout.write("nexus: installing Chromium for the browser tests\n")
    sys.stdout.flush()


def _apt_get(*words: str) -> None:
    """Run apt-get, which gives up soon where there is no network."""
    soon = ("-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=15")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *soon, *words], check=False, env=quiet)


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
