"""What clients claim of a site, and what of an answer has to stay as it is."""

import re
from dataclasses import dataclass

import httpx

ORIGIN = "https://music.example"
EVIL = "evil.example"
HEADERS = {
    "Daphne-Root-Path": ["https://evil.example", "/m", "/accounts", "%2e%2e", "caf\u00e9"],
    "SCRIPT_NAME": ["/m", "/evil", "https://evil.example"],
    "X-Script-Name": ["/evil"],
    "PATH_INFO": ["/admin/"],
    "X-Forwarded-Host": [EVIL],
    "X-Forwarded-Port": ["6666"],
    "X-Forwarded-Proto": ["https", "gopher"],
    "X-Forwarded-Protocol": ["ssl"],
    "X-Forwarded-Ssl": ["on"],
    "X-Forwarded-Prefix": ["/evil"],
    "X-Forwarded-Server": [EVIL],
    "X-Forwarded-For": ["1.2.3.4"],
    "X-Forwarded-Scheme": ["https"],
    "X-Scheme": ["https"],
    "X-Url-Scheme": ["https"],
    "Front-End-Https": ["on"],
    "X-Original-URL": ["/admin/"],
    "X-Original-Host": [EVIL],
    "X-Rewrite-URL": ["/admin/"],
    "X-Host": [EVIL],
    "X-HTTP-Method-Override": ["DELETE"],
    "X-HTTP-Method": ["DELETE"],
    "X-Method-Override": ["DELETE"],
    "Forwarded": [f"for=1.2.3.4;host={EVIL};proto=https"],
    "X-Real-IP": ["1.2.3.4"],
    "Remote-User": ["admin"],
    "X-Remote-User": ["admin"],
    "X-Accel-Redirect": ["/_media/"],
    "X-Sendfile": ["/etc/passwd"],
    "Proxy": [f"http://{EVIL}"],
    "Via": [f"1.1 {EVIL}"],
}
CLAIMS = [(name, value) for name, values in HEADERS.items() for value in values]
HOSTS = ["LOCALHOST", "localhost:1", "127.0.0.1:6666", "LocalHost:80"]
FOREIGN_HOSTS = [
    EVIL,
    f"localhost@{EVIL}",
    f"{EVIL}:80",
    f"localhost.{EVIL}",
    "localhost/.evil",
    "",
]
VARYING = re.compile(
    rb'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|nonce-[\w+/=-]+|'
    rb"/m/\d+/[a-z]+/[\w-]+|\b1[0-9]{9}\b|20\d\d-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)"
)
OWN_HEADERS = {
    "connection",  # nginx ends one after a thousand requests
    "date",
    "expires",
    "set-cookie",
    "content-length",
    "content-security-policy",
    "server",
    "ratelimit-remaining",  # counts requests
    "ratelimit-reset",
}


@dataclass
class Door:
    """One arrangement that answers."""

    url: str
    client: httpx.Client

    def ask(self, path: str, cookie: str = "", **headers: str) -> httpx.Response:
        """GET a path as somebody who was never here; a header may have any text as its value."""
        self.client.cookies.clear()
        if cookie:
            headers["Cookie"] = f"sessionid={cookie}"
        return self.client.get(path, headers=as_bytes(headers))


def as_bytes(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """Return headers as they go out; httpx would refuse what is not ASCII."""
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def seen(answer: httpx.Response) -> tuple[int, dict[str, str], bytes, list[str]]:
    """Return everything of an answer that does not differ each time anyway."""
    headers = {
        name: VARYING.sub(b"", value.encode()).decode()
        for name, value in answer.headers.items()
        if name not in OWN_HEADERS
    }
    headers["policy"] = VARYING.sub(
        b"", answer.headers.get("content-security-policy", "").encode()
    ).decode()
    cookies = sorted(
        re.sub(r"=[^;]*", "=", line, count=1) for line in answer.headers.get_list("set-cookie")
    )
    cookies = [re.sub(r"expires=[^;]+", "", line) for line in cookies]
    return answer.status_code, headers, VARYING.sub(b"", answer.content), cookies


def addresses_in(answer: httpx.Response) -> set[str]:
    """Return where a page leads."""
    found = re.findall(r'(?:href|src|action|content)="([^"]+)"', answer.text)
    return {VARYING.sub(b"", each.encode()).decode() for each in found}
