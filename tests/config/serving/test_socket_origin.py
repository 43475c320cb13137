"""Which pages may open a socket: those of this very site, by scheme, host and port."""

from typing import Any

import pytest

from config.serving.socket_origin import is_own

OWN = "http://testserver:8000"


def handshake(*origins: str, host: str = "testserver:8000", scheme: str = "ws") -> dict[str, Any]:
    headers = [(b"host", host.encode()), *((b"origin", each.encode()) for each in origins)]
    return {"type": "websocket", "scheme": scheme, "headers": headers}


@pytest.fixture(autouse=True)
def _names(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    settings.SITE_ORIGINS = ["https://music.example"]
    settings.SECURE_PROXY_SSL_HEADER = None


@pytest.mark.parametrize(
    "origin", [OWN, "HTTP://TestServer:8000", "https://music.example", "https://music.example:443"]
)
def test_a_page_of_this_site_is_let_in(origin: str) -> None:
    assert is_own(handshake(origin))


@pytest.mark.parametrize(
    "origin",
    [
        *("http://testserver", "http://testserver:8001", "https://testserver:8000"),
        *("http://localhost:8000", "http://music.example", "https://music.example:8000"),
        *("http://evil.example", "http://evil.example:8000", "http://testserver.evil.example:8000"),
        *("http://evil.testserver:8000", "http://testserver.:8000", "http://testserver:8000/"),
        *("http://testserver:8000@evil.example", "http://evil.example#http://testserver:8000"),
        *("http://user@testserver:8000", "ftp://testserver:8000", "ws://testserver:8000"),
        *(
            "null",
            "",
            "file://",
            "testserver:8000",
            "http://",
            "http://testserver:8000 evil",
            "\xff",
        ),
    ],
)
def test_any_other_is_not(origin: str) -> None:
    assert not is_own(handshake(origin))


def test_who_says_nothing_or_two_things_is_not() -> None:
    assert not is_own(handshake())
    assert not is_own(handshake(OWN, OWN))


def test_a_host_of_somebody_elses_makes_no_origin_ours() -> None:
    assert not is_own(handshake("http://evil.example", host="evil.example"))


def test_behind_tls_only_its_scheme_is_ours(settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    secure = handshake("https://testserver", host="testserver")
    secure["headers"].append((b"x-forwarded-proto", b"https"))
    assert is_own(secure)
    plain = handshake("http://testserver", host="testserver")
    plain["headers"].append((b"x-forwarded-proto", b"https"))
    assert not is_own(plain)
