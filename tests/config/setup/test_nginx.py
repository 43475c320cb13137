"""The configuration in `docker/`: nginx takes it, and believes nobody it was not told of."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from config.serving.door import NOT_THE_CLIENTS
from config.setup import nginx
from tests.proxied import OURS, behind_nginx, program, write_configuration
from tests.sites import ROOT, Site, free_port


def test_nginx_takes_the_projects_configuration(tmp_path: Path) -> None:
    server = program()
    write_configuration(tmp_path, front=free_port(), pages=1, sockets=2)
    tried = subprocess.run(
        [server, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"],
        capture_output=True,
        text=True,
    )
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr


def test_nginx_takes_away_whatever_the_doors_take_away() -> None:
    text = (OURS / "headers.conf").read_text().lower()
    for name in NOT_THE_CLIENTS:
        assert f'proxy_set_header {name} "";' in text, name


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("named", [False, True])
def test_only_a_proxy_that_is_named_says_by_which_scheme_one_came(
    site: Site, tmp_path: Path, named: bool
) -> None:
    """A site behind TLS sends whoever came without it to its own origin, whatever they claim."""
    told = {"NEXUS_SECURE": "1", "NEXUS_PROXIES": "2", "NEXUS_ORIGINS": "https://music.example"}
    proxies = "127.0.0.1 1;\n" if named else ""
    with behind_nginx(site, tmp_path, proxies=proxies, **told) as url:
        claim = {"X-Forwarded-Proto": "https", "Host": "LOCALHOST:6666"}
        answer = httpx.get(f"{url}/accounts/login/?a=b", headers=claim, timeout=30)
        plain = httpx.get(
            f"{url}/accounts/login/?a=b", headers={"X-Forwarded-Proto": "gopher"}, timeout=30
        )
    assert answer.status_code == (200 if named else 301)
    assert plain.status_code == 301
    assert plain.headers["Location"] == "https://music.example/accounts/login/?a=b"
    assert named or answer.headers["Location"] == plain.headers["Location"]


@pytest.mark.waiting
@pytest.mark.parametrize("all_needed", [False, True])
def test_without_nginx_a_run_says_what_it_did_not_run(all_needed: bool) -> None:
    surroundings = os.environ | {"NGINX_BIN": "/nowhere/nginx"}
    surroundings.pop("NEXUS_ALL_TESTS", None)
    if all_needed:
        surroundings["NEXUS_ALL_TESTS"] = "1"
    name = "tests/config/setup/test_nginx.py::test_nginx_takes_the_projects_configuration"
    words = [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", name]
    run = subprocess.run(words, env=surroundings, cwd=ROOT, capture_output=True, text=True)
    assert nginx.ADVICE in run.stdout
    assert run.returncode == (1 if all_needed else 0), run.stdout
    assert ("not everything was tested" in run.stdout) is not all_needed
    assert name in run.stdout


def test_ci_needs_all_tests() -> None:
    assert "export NEXUS_ALL_TESTS=1" in (ROOT / ".ci" / "run").read_text()
