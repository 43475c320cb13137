"""For tests that start whole sites and servers of their own, far from the one of this run."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from django.core.cache import cache

from tests.claims import ORIGIN, Door
from tests.mail import Postbox
from tests.proxied import behind_nginx
from tests.sites import running_site

ROOT = Path(__file__).resolve().parents[2]
REPLACED = ("DATABASE_URL", "REDIS_URL", "NEXUS_VAR", "NEXUS_TESTS", "DJANGO_SETTINGS_MODULE")

Launch = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder whose way is open to everybody (pytest's own are closed: root's server needs it)."""
    folder = Path(tempfile.mkdtemp(prefix="nexus-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def launch() -> Iterator[Launch]:
    """A function: state folder and words of Python → a process in a session of its own."""
    started: list[subprocess.Popen[str]] = []

    def start(state: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
        kept = {name: value for name, value in os.environ.items() if name not in REPLACED}
        process = subprocess.Popen(
            [sys.executable, "-u", *words],
            env=kept | {"NEXUS_VAR": str(state), "PYTHONPATH": str(ROOT)} | environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture(scope="module")
def post_of_module() -> Iterator[Postbox]:
    """A real SMTP server."""
    with Postbox.open() as box:
        yield box


@pytest.fixture
def post(post_of_module: Postbox) -> Postbox:
    """The SMTP server that the site sends through; nothing has arrived yet."""
    post_of_module.messages.clear()
    return post_of_module


@pytest.fixture(scope="module", params=["daphne", "nginx"])
def site_of_module(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    tmp_path_factory: pytest.TempPathFactory,
    post_of_module: Postbox,
) -> Iterator[str]:
    """The address of a site in each arrangement, started once for all tests of a module."""
    told = {
        "NEXUS_ORIGINS": ORIGIN,
        "NEXUS_PAGE_CACHE_SECONDS": "600",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(post_of_module.port),
    }
    with ExitStack() as stack:
        site = stack.enter_context(contextmanager(running_site)())
        if request.param == "daphne":
            site.serve(**told)
            site.work("general", **told)
            yield site.url
        else:
            work = tmp_path_factory.mktemp("nginx")
            site.work("general", **told)
            yield stack.enter_context(behind_nginx(site, work, **told))


@pytest.fixture
def arrangement(site_of_module: str, transactional_db: None) -> Iterator[Door]:
    """The site in each arrangement, with an origin, a mail server and pages that are kept."""
    cache.clear()
    with httpx.Client(base_url=site_of_module, timeout=30) as client:
        yield Door(site_of_module, client)


def processes_of(state: Path) -> list[int]:
    """Return the numbers of the living processes whose command line or folder names `state`."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes()
            surroundings = (place / "environ").read_bytes()
        except OSError:
            continue
        if command and os.fsencode(state) in command + surroundings:
            found.append(int(place.name))
    return sorted(set(found) - {os.getpid()})
