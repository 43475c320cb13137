"""Giving: what somebody wishes to give is checked, and written down once."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from config.lib import limits
from config.lib.problems import Problem
from economics.contributions import selectors, services
from economics.models import Charity, Contribution, Pledge
from economics.models.contribution import WHOLE
from economics.money import MOST, currency
from economics.pledges import services as pledges
from economics.pledges.services import DIRECTLY
from economics.providers import registry
from economics.providers.manual import MANUAL
from social.models import User
from tracks.models import Release, Track

Mode = Contribution.Mode
KEY_CHARS = 60
NO_WAY = "{} has not said yet where to be paid, and this site holds no money for others."
NOT_ALL = "The shares have to make 100 percent together."
COMPARED = (
    *("artist", "charity", "track", "release", "amount", "artist_bp", "charity_bp"),
    *("platform_bp", "message", "is_public"),
)


@dataclass(frozen=True)
class Wish:
    """What somebody wishes to give: `amount` in minor units, shares in basis points."""

    amount: int
    artist_bp: int
    charity_bp: int
    platform_bp: int
    artist: User | None = None
    track: Track | None = None
    release: Release | None = None
    charity: Charity | None = None
    message: str = ""
    is_public: bool = False
    is_monthly: bool = False
    country: str = ""
    provider: str = ""


def give(wish: Wish, *, by: User | None, source: str, once: str = "") -> Contribution:
    """Write down what somebody says they give; with a word in `once`, once for each such word.

    `source` is the address they come from, by which those without an account are told apart.
    Raises Problem `amount`, `shares`, `charity-missing`, `own`, `provider-unknown`,
    `account-needed`, `no-way-to-pay`, `key-used`, `too-many`.
    """
    key = _hashed(by, source, once)
    if key and (found := _before(key)):
        return _the_same(found, wish)
    limits.spend("giving", f"user:{by.pk}" if by else source)
    made = _checked(wish, by)
    made.client_key = key
    try:
        with transaction.atomic():
            if wish.is_monthly:
                made.pledge = pledges.begin(made)
            return services.declare(made)
    except IntegrityError:
        if found := _before(key) if key else None:  # the same was sent twice at once
            return _the_same(found, wish)
        raise


def change_pledge(pledge: Pledge, words: dict[str, Any], *, by: User) -> None:
    """Change what somebody gives each month. Raises Problem as `give` and `pledges.change` do."""
    names = ("artist_bp", "charity_bp", "platform_bp", "charity")
    wanted = {name: words[name] for name in names}
    wish = Wish(amount=words["minor"], artist=pledge.artist, **wanted)
    require_amount(wish)
    require_shares(wish)
    require_way(wish.artist, wish.charity, (wish.charity_bp, wish.platform_bp))
    wanted["charity"] = wish.charity if wish.charity_bp else None
    pledges.change(pledge, by=by, amount=wish.amount, **wanted)


def provider_for(wanted: str) -> str:
    """Return by which provider something is given. Raises Problem `provider-unknown`."""
    offered = providers()
    if wanted and wanted not in offered:
        raise Problem("provider-unknown", "Nothing can be given that way here.", field="provider")
    return wanted or (MANUAL.name if MANUAL.name in offered else offered[0])


def providers() -> list[str]:
    """Return the names of the ways in which something is given here."""
    return [DIRECTLY] if selectors.mode() == Mode.DIRECT else registry.names()


def require_way(artist: User | None, charity: Charity | None, wish_bps: tuple[int, int]) -> None:
    """Refuse, directly, what could not be paid. Raises Problem `no-way-to-pay`."""
    if selectors.mode() == Mode.POOLED:
        return
    charity_bp, platform_bp = wish_bps
    if artist and not selectors.can_be_given_to(artist):
        raise Problem("no-way-to-pay", NO_WAY.format(artist.name), status=409)
    if charity_bp and charity and not charity.pay_link:
        raise Problem("no-way-to-pay", NO_WAY.format(charity.name), status=409, field="charity")
    if platform_bp and not selectors.site_is_paid():
        sentence = NO_WAY.format("This site")
        raise Problem("no-way-to-pay", sentence, status=409, field="platform_percent")


def require_amount(wish: Wish) -> None:
    """Refuse what cannot be given at once. Raises Problem."""
    if not 0 < wish.amount <= MOST:
        raise Problem("amount", "That is nothing that can be given at once.", field="amount")


def require_shares(wish: Wish) -> None:
    """Refuse shares that are no whole, or for nobody. Raises Problem."""
    shares = (wish.artist_bp, wish.charity_bp, wish.platform_bp)
    if sum(shares) != WHOLE or min(shares) < 0:
        raise Problem("shares", NOT_ALL, field="artist_percent")
    if wish.artist_bp and wish.artist is None:
        sentence = "Say which artist it is for, or give them no share."
        raise Problem("shares", sentence, field="artist_percent")
    if wish.charity_bp and wish.charity is None:
        raise Problem("charity-missing", "Choose a charity, or give it no share.", field="charity")


def _checked(wish: Wish, by: User | None) -> Contribution:
    require_amount(wish)
    require_shares(wish)
    if by and wish.artist and wish.artist.pk == by.pk:
        raise Problem("own", "This is your own. Support somebody else.")
    if wish.is_monthly and by is None:
        sentence = "Sign in to give each month: that is how you can change and end it."
        raise Problem("account-needed", sentence, field="recurring")
    provider = provider_for(wish.provider)
    require_way(wish.artist, wish.charity, (wish.charity_bp, wish.platform_bp))
    return Contribution(
        giver=by,
        artist=wish.artist,
        track=wish.track,
        release=wish.release,
        charity=wish.charity if wish.charity_bp else None,
        amount=wish.amount,
        currency=currency(),
        artist_bp=wish.artist_bp,
        charity_bp=wish.charity_bp,
        platform_bp=wish.platform_bp,
        message=wish.message.strip(),
        is_public=wish.is_public and by is not None,
        country=wish.country,
        provider=provider,
        mode=selectors.mode(),
    )


def _hashed(by: User | None, source: str, once: str) -> str:
    if not once:
        return ""
    who = f"user:{by.pk}" if by else f"from:{source}"
    return hashlib.sha256(f"{who}\0{once}".encode()).hexdigest()[:KEY_CHARS]


def _before(key: str) -> Contribution | None:
    return Contribution.objects.filter(client_key=key).first()


def _the_same(found: Contribution, wish: Wish) -> Contribution:
    wanted: dict[str, Any] = {name: getattr(wish, name) for name in COMPARED}
    wanted["message"] = wish.message.strip()
    wanted["charity"] = wish.charity if wish.charity_bp else None
    wanted["is_public"] = wish.is_public and found.giver_id is not None
    is_other = any(getattr(found, name) != value for name, value in wanted.items())
    if is_other or (found.pledge_id is not None) != wish.is_monthly:
        sentence = "This Idempotency-Key was used for something else."
        raise Problem("key-used", sentence, status=409)
    return found
