"""How an amount is shared, to the minor unit."""

from collections.abc import Mapping

from economics.models import WHOLE


def split(amount: int, shares: Mapping[str, int]) -> dict[str, int]:
    """Share an amount of minor units by basis points, by largest remainder (Hamilton's method).

    The parts sum to the amount; each is within one minor unit of its exact share; ties go by key,
    so the order of `shares` changes nothing. Raises ValueError unless the shares sum to 10,000.
    """
    if amount < 0 or any(share < 0 for share in shares.values()):
        raise ValueError("Neither an amount nor a share can be less than nothing.")
    if sum(shares.values()) != WHOLE:
        raise ValueError("The shares do not make a whole.")
    parts = {key: amount * share // WHOLE for key, share in shares.items()}
    left = amount - sum(parts.values())
    by_remainder = sorted(shares, key=lambda key: (-(amount * shares[key] % WHOLE), key))
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts
