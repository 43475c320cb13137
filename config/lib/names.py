"""What the domain name system says of a name beside its addresses.

Only the machine's own resolver is asked, or those of NEXUS_RESOLVERS; never a server that
somebody's name leads to.
"""

from django.conf import settings
from dns.exception import DNSException
from dns.resolver import NXDOMAIN, LifetimeTimeout, NoAnswer, Resolver

SECONDS = 6.0
RECORDS_MOST, CHARS_MOST = 100, 2000


class NamesError(Exception):
    """Nobody knows the answer: `code` for programs, and a sentence for people.

    `too-slow`, `unreachable`.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


def texts(name: str, *, seconds: float = SECONDS) -> list[str]:
    """Return the TXT records of a name, each joined (RFC 7208, section 3.3); none where none is.

    Raises NamesError where nobody answers.
    """
    try:
        found = _resolver().resolve(name, "TXT", lifetime=seconds, search=False)
    except (NXDOMAIN, NoAnswer):
        return []
    except LifetimeTimeout:
        raise NamesError("too-slow", "The name servers take too long to answer.") from None
    except DNSException:
        raise NamesError("unreachable", "The name servers gave no answer.") from None
    rows = list(found)[:RECORDS_MOST]
    return [b"".join(row.strings).decode("utf-8", "replace")[:CHARS_MOST] for row in rows]


def _resolver() -> Resolver:
    if not settings.NEXUS_RESOLVERS:
        return Resolver()
    resolver = Resolver(configure=False)
    hosts: list[str] = []
    for named in settings.NEXUS_RESOLVERS:
        host, _, port = named.rpartition(":") if named.count(":") == 1 else (named, "", "")
        hosts.append(host)
        resolver.nameserver_ports[host] = int(port or 53)
    resolver.nameservers = list(hosts)
    return resolver
