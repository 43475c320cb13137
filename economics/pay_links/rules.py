"""What a way to be paid has to look like: an https:// address, or the number of an account."""

import re
from urllib.parse import urlsplit

from economics.models import PayLink

Kind = PayLink.Kind
HOSTS = {
    Kind.PAYPAL: {"paypal.me", "www.paypal.me", "paypal.com", "www.paypal.com"},
    Kind.LIBERAPAY: {"liberapay.com"},
    Kind.KO_FI: {"ko-fi.com", "www.ko-fi.com"},
}
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
OTHER_THAN_ADDRESS = re.compile(r"[\s<>\"'\\^`{|}\x00-\x1f\x7f]")


def address(kind: str, written: str) -> str:
    """Return an address of the web by which one pays. Raises ValueError, with a sentence."""
    found = written.strip()
    if "://" not in found:
        found = f"https://{found}"
    try:
        parts = urlsplit(found)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise ValueError("Write the address of a page, such as https://example.org/pay.") from None
    if parts.scheme != "https" or "." not in host or port or parts.username is not None:
        raise ValueError("Write an address that begins with https:// and names a page.")
    if OTHER_THAN_ADDRESS.search(found):
        raise ValueError("An address has no blanks, quotes or brackets.")
    if kind in HOSTS and host not in HOSTS[PayLink.Kind(kind)]:
        raise ValueError(f"That is no address of {PayLink.Kind(kind).label}.")
    if kind in HOSTS and not parts.path.strip("/"):
        raise ValueError("The address does not say who is paid.")
    return found


def iban(written: str) -> str:
    """Return an IBAN in groups of four, as people read it. Raises ValueError, with a sentence.

    Checked by its two check digits (ISO 13616, ISO 7064 MOD 97-10): a wrong or swapped figure is
    found. Whether a country's numbers are of that length is left to banks.
    """
    found = re.sub(r"[\s-]", "", written).upper()
    if not found.isascii() or not IBAN.fullmatch(found):
        raise ValueError("An IBAN begins with two letters and two figures: DE89 3704 0044 …")
    turned = found[4:] + found[:4]
    if int("".join(str(int(sign, 36)) for sign in turned)) % 97 != 1:
        raise ValueError("A figure of this IBAN is wrong: its check digits do not fit.")
    return " ".join(found[place : place + 4] for place in range(0, len(found), 4))
