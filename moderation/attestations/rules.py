"""How much of an address is kept beside what somebody has said."""

from ipaddress import ip_address, ip_network

BITS = {4: 24, 6: 48}  # a network of many households, not one of them


def network_of(address: str) -> str:
    """Return the network an address is in, `198.51.100.0/24`; empty for what is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.is_unspecified:
        return ""
    return str(ip_network(f"{found}/{BITS[found.version]}", strict=False))
