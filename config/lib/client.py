"""Who asks: the one place that reads a visitor's address.

Proxies write what they like into X-Forwarded-For (RFC 7239 tells of ports, brackets, `unknown` and
`_hidden`), and strangers what they like besides. So many last entries are believed as proxies of
ours stand in front (NEXUS_PROXIES); what is no address there is as good as nothing.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from rest_framework.settings import api_settings

NOWHERE = "0.0.0.0"  # noqa: S104 - said of whoever comes without an address; never bound
LONGEST = 60  # characters of one entry; a full IPv6 address with brackets, zone and port has fewer
NETWORK_BITS = 64  # of IPv6: as much as one household gets


def client_address(request: Any) -> str:
    """Return the visitor's address, always a valid one, IPv4 where it is one in disguise.

    `request` is Django's or DRF's. Without a usable entry: the address that connected to us, and
    0.0.0.0 where that is none either (a unix socket).
    """
    meta = request.META
    entries = meta.get("HTTP_X_FORWARDED_FOR", "")
    proxies = api_settings.NUM_PROXIES or 0
    if proxies and entries:
        last = entries.rsplit(",", proxies)[-proxies:]
        if found := _read(last[0]):
            return str(found)
    return str(_read(meta.get("REMOTE_ADDR", "")) or NOWHERE)


def client_key(request: Any) -> str:
    """Return the address by which a visitor is counted: of IPv6 its network's first, or one could
    come from another address each time."""
    address = client_address(request)
    if ":" not in address:
        return address
    return str(ip_network(f"{address}/{NETWORK_BITS}", strict=False).network_address)


def _read(entry: str) -> IPv4Address | IPv6Address | None:
    """Return the address in an entry: bare, with a port, in brackets, with a zone; None if none."""
    text = entry.strip().strip('"').strip()
    if not text or len(text) > LONGEST:
        return None
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
