"""Where this site is seen from outside: never what a request says, always what a setting says.

Whole addresses (in mails, share links, oEmbed, JSON-LD) begin with one of these origins. The Host
of a request picks the one of that name, and nothing of it is copied: neither port nor capitals.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils.encoding import iri_to_uri

from config.lib import env

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - compared, not bound


def remember_running(host: str, port: int) -> None:
    """Write down where the site of this state folder listens, for commands that name addresses."""
    _running_file().write_text(json.dumps({"HOST": host, "PORT": str(port)}))


def be_beside_running() -> None:
    """Let a command name the addresses of the site that runs beside it, whatever its port."""
    if env.text("PORT"):
        return
    with suppress(OSError, ValueError, AttributeError):
        found = json.loads(_running_file().read_text())
        os.environ |= {name: str(found[name]) for name in ("HOST", "PORT") if name in found}


def _running_file() -> Path:
    return Path(settings.STATE_DIR) / "running.json"


def all_origins() -> list[str]:
    """Return the origins of this site, without a slash at their end, the one for mails first.

    They are those of NEXUS_ORIGINS, else made of NEXUS_HOSTS, HOST and PORT.
    """
    return settings.SITE_ORIGINS or of_hosts(
        settings.ALLOWED_HOSTS,
        secure=settings.SECURE_SSL_REDIRECT,
        host=env.text("HOST", "127.0.0.1"),
        port=env.number("PORT", 8000),
    )


def home() -> str:
    """Return the origin for whatever leaves the site without a visitor: mails above all."""
    return all_origins()[0]


def of_host(host: str) -> str | None:
    """Return the origin for a request with this Host; None when the site does not answer to it."""
    name, _ = split_domain_port(host)
    if not name or not validate_host(name, settings.ALLOWED_HOSTS):
        return None
    origins = all_origins()
    return next((origin for origin in origins if name_of(origin) == name), origins[0])


def absolute(path: str, origin: str | None = None) -> str:
    """Return the whole address of a path of ours, at `origin` or at home.

    An address that is whole already stays as it is. "//elsewhere/" is a path like any other.
    """
    base = origin or home()
    return iri_to_uri(base + path if path.startswith("/") else urljoin(f"{base}/", path))


def moved_home(address: str) -> str:
    """Return the same page's address at the first origin."""
    return home() + urlsplit(address)._replace(scheme="", netloc="").geturl()


def is_origin(text: str) -> bool:
    """Tell whether this is scheme, host and perhaps a port, and nothing else."""
    parts = urlsplit(text)
    return (
        parts.scheme in {"http", "https"}
        and text == f"{parts.scheme}://{parts.netloc}"
        and bool(name_of(text))
    )


def name_of(origin: str) -> str:
    """Return the name in an origin, in small letters and without its port."""
    return split_domain_port(urlsplit(origin).netloc)[0]


def of_hosts(
    hosts: list[str], *, secure: bool, host: str = "127.0.0.1", port: int = 8000
) -> list[str]:
    """Return origins for a site that was told its names only: those of `host` first.

    Patterns (`*`, `.example.org`) name no origin. `secure` means a proxy's TLS on the usual port.
    """
    here = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    names = [name for name in hosts if not name.startswith(("*", "."))] or [here]
    if here in names:
        names.insert(0, here)
    if secure:
        return [f"https://{name}" for name in dict.fromkeys(names)]
    ending = "" if port == 80 else f":{port}"
    return [f"http://{name}{ending}" for name in dict.fromkeys(names)]
