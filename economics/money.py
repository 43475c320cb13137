"""Amounts as people read and write them: one currency for the site, whole minor units inside."""

from decimal import Decimal, DecimalException

from babel.numbers import format_currency, get_currency_precision, list_currencies
from django.conf import settings

LOCALE = "en"
MOST = 10**9  # minor units in one amount: what a page can be asked for


def currency() -> str:
    """Return the one currency of this site (ISO 4217)."""
    return str(settings.NEXUS_CURRENCY)


def is_known(code: str) -> bool:
    """Tell whether this is the code of a currency of ISO 4217."""
    return code in list_currencies()


def digits(code: str = "") -> int:
    """Return how many decimals a currency has: two for most, none for the yen."""
    return get_currency_precision(code or currency())


def told(amount: int, code: str = "") -> str:
    """Return an amount of minor units as people read it: `€10.00`, `-¥500`."""
    code = code or currency()
    return str(format_currency(Decimal(amount).scaleb(-digits(code)), code, locale=LOCALE))


def plain(amount: int, code: str = "") -> str:
    """Return an amount of minor units as a plain decimal number: `10.00`."""
    places = digits(code or currency())
    return f"{Decimal(amount).scaleb(-places):.{places}f}"


def read(words: str, code: str = "") -> int:
    """Return the minor units of a number that somebody wrote: `10`, `10.5`, `10,50`.

    Raises ValueError, with a sentence, for anything else, and for more decimals than there are.
    """
    places = digits(code or currency())
    try:
        found = Decimal(words.strip().replace(",", ".")).scaleb(places)
    except DecimalException:  # an exponent can overflow, too
        raise ValueError("Write an amount in figures, such as 10 or 7.50.") from None
    if not found.is_finite() or abs(found) > MOST:
        raise ValueError("That is more than can be given at once.")
    # `1,000` is a thousand to some and one to others: nobody's guess becomes money.
    exponent = found.as_tuple().exponent
    if found != found.to_integral_value() or (isinstance(exponent, int) and exponent < 0):
        raise ValueError(f"An amount has at most {places} decimals here.")
    return int(found)
