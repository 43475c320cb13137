"""What `manage.py check --deploy` says about a site that faces strangers."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from config.lib import origins


@register(Tags.security, deploy=True)
def origin_is_told(**_options: Any) -> list[CheckMessage]:
    """Where the site is seen is said by its keeper, not guessed."""
    if settings.SITE_ORIGINS:
        return []
    return [
        Warning(
            f"NEXUS_ORIGINS is empty: addresses in mails begin with {origins.home()}.",
            hint="Set it to what people type, with scheme: NEXUS_ORIGINS=https://music.example.org",
            id="nexus.W001",
        )
    ]


@register(Tags.security, deploy=True)
def proxies_are_counted(**_options: Any) -> list[CheckMessage]:
    """TLS is made by a proxy, so there is one."""
    if not settings.SECURE_SSL_REDIRECT or settings.NEXUS_PROXIES > 0:
        return []
    return [
        Warning(
            "NEXUS_SECURE=1 believes X-Forwarded-Proto, but NEXUS_PROXIES counts no proxy.",
            hint="Set NEXUS_PROXIES to how many stand in front, and let nobody pass them by.",
            id="nexus.W002",
        )
    ]


@register(Tags.security)
def origins_are_origins(**_options: Any) -> list[CheckMessage]:
    """An origin is a scheme and a host that the site answers to, without a path."""
    return [
        Error(
            f"NEXUS_ORIGINS has {origin!r}, which is no origin.",
            hint="Scheme, host and port only: https://music.example.org",
            id="nexus.E001",
        )
        for origin in settings.SITE_ORIGINS
        if not origins.is_origin(origin)
    ]
