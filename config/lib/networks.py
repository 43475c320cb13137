"""Which addresses are of the public internet."""

from ipaddress import IPv4Address, IPv6Address, ip_network

from django.conf import settings

# Whatever is not the public internet's, from IANA's registries of special-purpose addresses
# (RFC 6890 and its followers), and the ranges in which an IPv4 address can hide.
FORBIDDEN = [
    ip_network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24"),
        *("192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"),
        *("100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
        *("5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
]
LOOPBACK = [ip_network("127.0.0.0/8"), ip_network("::1/128")]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is one of the public internet's that we may ask."""
    if settings.NEXUS_FETCH_LOOPBACK and any(address in network for network in LOOPBACK):
        return True
    return not any(address in network for network in FORBIDDEN)
