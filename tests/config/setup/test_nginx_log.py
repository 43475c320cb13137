"""What nginx logs holds no key: the same list as Django's log, tried with a real nginx."""

from pathlib import Path

import httpx
import pytest

from config.lib.keys_in_addresses import DOORS, QUERY
from config.lib.logs import redact
from config.setup import nginx_log
from tests.proxied import behind_nginx
from tests.sites import Site, wait_until

SECRET = "q7Zk3vX0aB9-cD8_eF7gH6"
KEYS = [
    f"/m/1800000000/std/{SECRET}/0192-ab/a1/master.m3u8",
    f"/u/0192-ab/3/?size=8&expires=9&signature={SECRET}",
    f"/blind/0192-ab/0/1800000000/{SECRET}/opus/master.m3u8",
    *(f"/{door}/{SECRET}/" for door in ("t", "r", "rel", "p")),
    f"/r/{SECRET}/name/",
    f"/music/t/{SECRET}/",
    f"/T/{SECRET}/",
    f"/accounts/password/reset/key/1-{SECRET}/",
    f"/accounts/confirm-email/{SECRET}/",
    *(f"/tracks/0192/notes/?{name}={SECRET}" for name in ("token", "key", "code", "sig", "KEY")),
    f"/tracks/0192/notes/?v=2&token={SECRET}",
    f"/tracks/0192/notes/?v=2;key={SECRET}",
    f"/%74/{SECRET}/",
    f"/t%2F{SECRET}/",
    f"/search/?%6bey={SECRET}",
    f"/oembed/?url=https%3A%2F%2Fmusic.example%2Ft%2F{SECRET}%2F",
]
PLAIN = ["/", "/search/?q=lanterns", "/tracks/sea/?v=2", "/@mira/", "/static/css/app.css", "/t/"]


def test_the_file_is_what_the_list_makes() -> None:
    assert nginx_log.PLACE.read_text(encoding="utf-8") == nginx_log.text()
    assert all(f"{door.path}" in nginx_log.text() for door in DOORS)
    assert all(name in nginx_log.text() for name in QUERY)


@pytest.mark.parametrize("address", KEYS)
def test_djangos_log_has_no_key(address: str) -> None:
    assert SECRET not in redact(f"Not Found: {address}")


@pytest.mark.django_db(transaction=True)
def test_nginx_logs_no_key_and_everything_else(site: Site, tmp_path: Path) -> None:
    with behind_nginx(site, tmp_path) as url, httpx.Client(base_url=url, timeout=30) as client:
        for address in [*KEYS, *PLAIN]:
            client.get(address)
        log = tmp_path / "access.log"
        wait_until(lambda: len(log.read_text().splitlines()) >= len(KEYS) + len(PLAIN))
        text = log.read_text()
    assert [line for line in text.splitlines() if SECRET in line] == []
    assert all(line.startswith("127.0.0.0 [") for line in text.splitlines()), "its network is kept"
    for address in PLAIN[:-1]:
        assert f'"GET {address}"' in text, address
