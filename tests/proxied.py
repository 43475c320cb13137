"""The arrangement of `docker/`: nginx with the project's files, gunicorn and daphne behind it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.setup import nginx
from tests.sites import ROOT, START_SECONDS, Site, answers, free_port, wait_until

OURS = ROOT / "docker" / "nginx"
MAIN = """daemon off;
pid {work}/nginx.pid;
error_log {work}/error.log warn;
{user}
worker_processes 1;
events {{ worker_connections 256; }}
http {{
    types {{ text/css css; text/javascript js mjs; image/svg+xml svg; font/woff2 woff2; }}
    client_body_temp_path {work}/body; proxy_temp_path {work}/proxy; fastcgi_temp_path {work}/f;
    uwsgi_temp_path {work}/u; scgi_temp_path {work}/s;
    include {work}/site.conf;
}}
"""


def program() -> Path:
    """Return nginx. Without one the test is not run, which the end of the run says; where all have
    to run (NEXUS_ALL_TESTS, set by .ci/run) it fails."""
    found = nginx.find()
    if found is None and os.environ.get("NEXUS_ALL_TESTS"):
        pytest.fail(nginx.ADVICE, pytrace=False)
    if found is None:
        pytest.skip(nginx.ADVICE)
    return found


@contextmanager
def behind_nginx(site: Site, work: Path, *, proxies: str = "", **environment: str) -> Iterator[str]:
    """Start all three over the test database; yield nginx's address. Its log: `work`/access.log."""
    server = program()
    pages, front = free_port(), free_port()
    told = {
        "NEXUS_PROXIES": "1",
        "NEXUS_ACCEL_PREFIX": "/_media/",
        "NEXUS_ORIGINS": f"http://127.0.0.1:{front}",
    } | environment
    site.serve(**told)
    _launch(site, [*_gunicorn(), "--bind", f"127.0.0.1:{pages}"], told)
    write_configuration(work, front=front, pages=pages, sockets=site.port, proxies=proxies)
    _launch(site, [str(server), "-p", str(work), "-c", str(work / "nginx.conf")], {})
    wait_until(lambda: answers(front) and answers(pages), START_SECONDS)
    yield f"http://127.0.0.1:{front}"


def _gunicorn() -> list[str]:
    program = Path(sys.executable).with_name("gunicorn")
    return [str(program), "config.wsgi:application", "--config", "docker/gunicorn.conf.py"]


def _launch(site: Site, argv: list[str], environment: dict[str, str]) -> None:
    ours = {"DATABASE_URL": site.database, "DJANGO_SETTINGS_MODULE": "config.settings"}
    site.processes.append(
        subprocess.Popen(
            argv,
            cwd=ROOT,
            env=os.environ | ours | environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    )


def write_configuration(
    work: Path, *, front: int, pages: int, sockets: int, proxies: str = ""
) -> None:
    """Write the project's own configuration with other ports and places; nothing else changes."""
    text = (OURS / "nexus.conf").read_text()
    for ours, here in {
        "server web:8000": f"server 127.0.0.1:{pages}",
        "server sockets:8001": f"server 127.0.0.1:{sockets}",
        "listen 80;": f"listen 127.0.0.1:{front};",
        "/dev/stdout": f"{work}/access.log",
        "/var/lib/nexus/": f"{os.environ['NEXUS_VAR']}/",
    }.items():
        assert ours in text, f"docker/nginx/nexus.conf no longer says {ours!r}"
        text = text.replace(ours, here)
    (work / "site.conf").write_text(text)
    user = "user root;" if os.geteuid() == 0 else ""
    (work / "nginx.conf").write_text(MAIN.format(work=work, user=user))
    included = work / "nexus"
    included.mkdir()
    for path in OURS.glob("*.conf"):
        (included / path.name).write_text(path.read_text())
    if proxies:
        (included / "proxies.conf").write_text(proxies)
