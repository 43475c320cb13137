"""Whether money is set up so that it can be counted: for `manage.py check`, `up` and the doctor."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import connection

from config.lib import health
from config.lib.health import Note, Trouble
from economics.models import Contribution, LedgerAccount
from economics.money import currency, is_known

TAG = "money"


@register(TAG)
def check(databases: Any = None, **_words: Any) -> list[CheckMessage]:
    """Refuse a way or a currency that is none, and another one than the ledger's."""
    found = list(_of_settings())
    if not found and databases and LedgerAccount._meta.db_table in _tables():
        found += _of_rows()
    return found


def _of_settings() -> Iterator[CheckMessage]:
    if settings.NEXUS_MONEY not in Contribution.Mode.values:
        yield Error(
            f"NEXUS_MONEY is {settings.NEXUS_MONEY!r}, and money goes one of two ways.",
            hint="Set it to direct (givers pay others themselves) or pooled (you hold it).",
            id="nexus.E010",
        )
    if not is_known(currency()):
        yield Error(
            f"NEXUS_CURRENCY is {currency()!r}, which is no currency.",
            hint="Set it to one code of ISO 4217, such as EUR, USD or JPY.",
            id="nexus.E011",
        )


def _of_rows() -> Iterator[CheckMessage]:
    others = LedgerAccount.objects.exclude(currency=currency())
    if other := others.values_list("currency", flat=True).first():
        yield Error(
            f"NEXUS_CURRENCY is {currency()}, but the ledger of this site is in {other}.",
            hint=f"What was written stays: set NEXUS_CURRENCY={other}, or begin another site.",
            id="nexus.E012",
        )


def _tables() -> list[str]:
    return connection.introspection.table_names()


def money() -> str:
    """Say which way money goes here; for the doctor."""
    for error in check(databases=["default"]):
        raise Trouble(error.msg, str(error.hint))
    if settings.NEXUS_TEST_PROVIDER:
        return Note("NEXUS_TEST_PROVIDER offers a provider that moves no money: for tests alone.")
    if settings.NEXUS_MONEY == Contribution.Mode.POOLED:
        return f"pooled, in {currency()}: you hold it and answer for it (README, Money)"
    return f"direct, in {currency()}: it goes to others without you"


def register_all() -> None:
    """Let the doctor look; Django's own checks do it by themselves."""
    health.register("money", money)
