"""The account PostgreSQL runs under: it refuses root, so root lends it one of its own."""

import os
import pwd
import shutil
import subprocess
from typing import Any

from config.embedded.errors import EmbeddedError

NAME = "nexus-postgres"


def server_account() -> pwd.struct_passwd | None:
    """Return the system user PostgreSQL runs as, made when missing; None when we are not root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        _create()
    return pwd.getpwnam(NAME)


def as_account(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """Return the keyword arguments that let `subprocess` run a program under `account`."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _create() -> None:
    useradd = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
    if useradd is None:
        raise EmbeddedError(
            f"PostgreSQL does not run as root and there is no useradd to make the user {NAME}. "
            "Run Nexus as an ordinary user, or set DATABASE_URL."
        )
    options = "--system --user-group --no-create-home --home-dir /nonexistent"
    done = subprocess.run(
        [useradd, *options.split(), "--shell", "/usr/sbin/nologin", NAME],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 9):  # 9: another process has just made it
        raise EmbeddedError(
            f"PostgreSQL does not run as root and the user {NAME} could not be made: "
            f"{done.stderr.strip()}. Run Nexus as an ordinary user, or set DATABASE_URL."
        )
