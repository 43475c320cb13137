"""The site as real processes over the test database, for what no test client can show."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60


@dataclass
class Site:
    """Processes started by one test, all ended with it. `url` has no slash at its end."""

    database: str
    port: int = 0
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address of the web process."""
        return f"http://127.0.0.1:{self.port}"

    def launch(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start `manage.py WORDS` over the test database, with further environment variables."""
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), *words],
            env=os.environ
            | {"DATABASE_URL": self.database, "DJANGO_SETTINGS_MODULE": "config.settings"}
            | environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def serve(self, **environment: str) -> subprocess.Popen[bytes]:
        """Start the web process (again, on the same port) and wait until it answers."""
        self.port = self.port or free_port()
        process = self.launch("serve", "--port", str(self.port), **environment)
        wait_until(lambda: process.poll() is not None or answers(self.port), START_SECONDS)
        assert process.poll() is None, "the web process ended while it was starting"
        return process

    def work(self, name: str = "fast", **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker: `fast`, `slow` or `general`, which keeps the time as well."""
        return self.launch("worker", name, **environment)

    def client(self, token: str = "") -> httpx.Client:
        """Return an HTTP client of this site, with a bearer token if one is given."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30)

    def stop(self) -> None:
        """End every process: SIGTERM, then SIGKILL after five seconds."""
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
        for process in self.processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()


def database_url() -> str:
    """Return the address of the database this test is in, for the role that a site runs under."""
    from django.conf import settings
    from django.db import connection

    found = connection.settings_dict
    host, port = quote(str(found["HOST"]), safe=""), found["PORT"]
    user = quote(settings.SITE_ROLE or str(found["USER"]), safe="")
    if password := settings.SITE_PASSWORD or found["PASSWORD"]:
        user += ":" + quote(str(password), safe="")
    return f"postgresql://{user}@{host}{f':{port}' if port else ''}/{found['NAME']}"


def running_site() -> Iterator[Site]:
    """Yield a site of which nothing runs yet, and for whose workers nothing waits."""
    forget_calls()
    site = Site(database_url())
    try:
        yield site
    finally:
        site.stop()


def forget_calls() -> None:
    """Drop the wake-up calls of earlier tests: a worker would look for rows that are gone."""
    from config.lib import redis

    client = redis.client()
    for key in client.scan_iter(redis.key("wake", "*")):
        client.delete(key)


def wait_until(done: Callable[[], object], seconds: float = 30, every: float = 0.05) -> None:
    """Return as soon as `done()` is true; AssertionError when it never is within `seconds`."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"not within {seconds} s: {done}"
        time.sleep(every)


def free_port() -> int:
    """Return a port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Return True when somebody listens on the port."""
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
