"""What people give, made by the services that take it on the site."""

from typing import Any

from django.utils import timezone

from config.lib.ids import token128
from economics.charities import services as charities
from economics.contributions import services as contributions
from economics.models import ArtistPayout, Charity, Contribution, Disbursement, PayLink
from economics.pay_links import services as pay_links
from economics.payouts import services as payouts
from social.models import User
from tests.factories.moderation import member_of
from tests.factories.social import UserFactory


def charity(slug: str = "eff") -> Charity:
    """Return one of the charities that every site has."""
    found: Charity = Charity.objects.get(slug=slug)
    return found


def declare(artist: User | None = None, amount: int = 1000, **words: Any) -> Contribution:
    """Return a pooled contribution that was declared: 70 / 20 / 10 of 10.00 for the EFF."""
    given = {
        "artist": artist or UserFactory.create(),
        "charity": charity(),
        "currency": "EUR",
        "artist_bp": 7000,
        "charity_bp": 2000,
        "platform_bp": 1000,
        "provider": "manual",
        "mode": Contribution.Mode.POOLED,
    }
    return contributions.declare(Contribution(amount=amount, **(given | words)))


def confirm(given: Contribution, reference: str = "bank 1", **words: Any) -> Contribution:
    """Return it once it has come in."""
    return contributions.confirm(given.pk, reference=reference, **words)


def finance() -> User:
    """Return somebody of finance."""
    return member_of("finance")


def disburse(amount: int = 200, *, sent: bool = True, by: User | None = None) -> Disbursement:
    """Return a run to the EFF of what was given for it before."""
    by = by or finance()
    row = charities.prepare(charity=charity(), amount=amount, key=token128(), by=by)
    if sent:
        words = {"reference": "transfer 1", "sent_on": timezone.localdate()}
        row = charities.send(row.pk, by=finance(), **words)
    return row


def link_of(person: User, kind: str = "kofi", where: str = "", **words: Any) -> PayLink:
    """Return a way this person is paid."""
    where = where or f"https://ko-fi.com/{person.handle}"
    return pay_links.add(by=person, kind=kind, where=where, **words)


def ask_payout(person: User, amount: int = 1000) -> ArtistPayout:
    """Return what this person asks for of what is owed to them."""
    link = PayLink.objects.of(person).first() or link_of(person)
    return payouts.ask(by=person, amount=amount, link=link, key=token128())


def pay_out(row: ArtistPayout) -> ArtistPayout:
    """Return it once it was sent."""
    words = {"reference": "transfer 2", "sent_on": timezone.localdate()}
    return payouts.send(row.pk, by=finance(), **words)


def paid(person: User) -> ArtistPayout:
    """Return what was sent to this person, who says how they are paid."""
    confirm(declare(person, amount=10_000))
    return pay_out(ask_payout(person))
