"""Where things lie: the state folder, the sockets, the addresses made of them.

No function here changes the mode of a folder that it did not make.
"""

import hashlib
import os
import secrets
import stat
from pathlib import Path
from urllib.parse import quote

from config.embedded.errors import EmbeddedError

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED_STATE = Path("/var/lib/nexus")
SOCKET_PATH_BYTES = 107  # sizeof(sockaddr_un.sun_path) - 1 on Linux
LONGEST_SOCKET = "pg/.s.PGSQL.5432.lock"
DATABASE = "nexus"  # and the role that owns it
SITE_ROLE = "nexus_site"
AS = "NEXUS_DATABASE_ROLE"  # `site` in processes that answer and work; `manage.py` says so


def state_dir() -> Path:
    """Return the state folder: `NEXUS_VAR`, else `var/` in the repository.

    Root's embedded PostgreSQL runs as another user who must be able to walk to its data. Where the
    repository lies below a closed folder, root's default is therefore `/var/lib/nexus/<hash>`.
    """
    named = os.environ.get("NEXUS_VAR", "").strip()
    if named:
        return Path(named).expanduser().absolute()
    if os.geteuid() == 0 and closed_folder(REPOSITORY):
        return SHARED_STATE / _digest(REPOSITORY)
    return REPOSITORY / "var"


def run_dir() -> Path:
    """Return the folder of the sockets: in the state folder, or a short one when that is long."""
    inside = state_dir() / "run"
    if len(os.fsencode(inside / LONGEST_SOCKET)) <= SOCKET_PATH_BYTES:
        return inside
    return Path("/tmp") / f"nexus-{_digest(state_dir())}"  # noqa: S108 - ownership is checked


def database_url() -> str:
    """Return where the database is: `DATABASE_URL`, else the embedded one. Starts nothing."""
    host = quote(str(run_dir() / "pg"), safe="")
    role = SITE_ROLE if os.environ.get(AS) == "site" else DATABASE
    embedded = f"postgresql://{role}@{host}/{DATABASE}"
    return os.environ.get("DATABASE_URL", "").strip() or embedded


def redis_url() -> str:
    """Return where Redis is: `REDIS_URL`, else the embedded one. Starts nothing."""
    return os.environ.get("REDIS_URL", "").strip() or f"unix://{run_dir() / 'redis.sock'}"


def prepare_state() -> Path:
    """Make the state folder (0711 for root, else 0700) with what is private in it; return it."""
    state = state_dir()
    mode = 0o711 if os.geteuid() == 0 else 0o700
    if not state.is_dir():
        _make_parents(state.parent)
        make_own(state, mode)
    for name in ("media", "spool", "work"):
        (state / name).mkdir(mode=0o700, exist_ok=True)
    return state


def make_own(folder: Path, mode: int, owner: int | None = None) -> Path:
    """Make `folder` with exactly this mode and owner, or accept it when it already is like that.

    Raises EmbeddedError for a link, somebody else's folder, or one that others may write to: on a
    shared machine a socket folder in /tmp may have been laid there by another person.
    """
    owner = os.geteuid() if owner is None else owner
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o022:
            raise EmbeddedError(
                f"{folder} is there already, but is not a folder that only its owner may change. "
                "Remove it, or set NEXUS_VAR to another place."
            ) from None
        return folder
    folder.chmod(mode)
    if owner != os.geteuid():
        os.chown(folder, owner, -1)
    return folder


def closed_folder(path: Path) -> Path | None:
    """Return the first folder on the way to `path`, itself included, that others cannot enter."""
    for folder in (*reversed(path.parents), path):
        if folder.exists() and not folder.stat().st_mode & stat.S_IXOTH:
            return folder
    return None


def secret_key() -> str:
    """Return the secret key of this installation; made once, readable by its owner only."""
    place = prepare_state() / "secret_key"
    if not place.exists():
        draft = place.with_name(f".secret_key.{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, place)  # never replaces the key another process has just made
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return place.read_text().strip()


def _make_parents(folder: Path) -> None:
    if not folder.is_dir():
        _make_parents(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)  # ours from this moment on, whatever the umask says


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
