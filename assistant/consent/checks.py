"""Whether the site says plainly where recordings may be read: before it starts, and the doctor."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from assistant.models.consent import Mining, Where
from config.lib import health
from config.lib.health import Trouble

TAG = "machines"


@register(TAG)
def check(**_words: Any) -> list[CheckMessage]:
    """Refuse a default that is none: nothing is read by guess."""
    return list(_wrong())


def _wrong() -> Iterator[CheckMessage]:
    if settings.NEXUS_MACHINES not in Where.values:
        yield Error(
            f"NEXUS_MACHINES is {settings.NEXUS_MACHINES!r}, and says nothing about where "
            "recordings may be read by a machine.",
            hint="Set it to nowhere, here (on this server) or providers.",
            id="nexus.E020",
        )
    if settings.NEXUS_MINING not in Mining.values:
        yield Error(
            f"NEXUS_MINING is {settings.NEXUS_MINING!r}, and says nothing about text and data "
            "mining.",
            hint="Set it to reserved or open.",
            id="nexus.E021",
        )
    policy = settings.NEXUS_MINING_POLICY
    if policy and (urlsplit(policy).scheme not in {"http", "https"} or not policy.isascii()):
        yield Error(
            f"NEXUS_MINING_POLICY is {policy!r}, which is no address.",
            hint="Set it to a whole address: https://music.example.org/mining.json",
            id="nexus.E022",
        )


def machines() -> str:
    """Say where recordings may be read here; for the doctor."""
    for error in check():
        raise Trouble(error.msg, str(error.hint))
    where = Where(settings.NEXUS_MACHINES).label.lower()
    mining = "reserved" if settings.NEXUS_MINING == Mining.RESERVED else "open"
    return f"recordings may be read {where} unless their owner says otherwise; mining is {mining}"


def register_all() -> None:
    """Let the doctor look; Django's own checks do it by themselves."""
    health.register("machines", machines)
