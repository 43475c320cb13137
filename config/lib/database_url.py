"""Reading a database address the way libpq's connection URIs are written."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def parse(url: str) -> dict[str, Any]:
    """Turn `postgresql://user:pass@host:port/name?host=/socket/dir` into Django's keys.

    Raises ValueError with a sentence when the scheme is not PostgreSQL's.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("DATABASE_URL must begin with postgresql://: Nexus needs PostgreSQL.")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or unquote(parts.hostname or ""),
        "PORT": query.get("port") or (str(parts.port) if parts.port else ""),
    }
