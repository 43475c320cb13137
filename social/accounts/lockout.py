"""Whose door django-axes closes after too many failures."""

from typing import Any

from django.http import HttpRequest

from config.lib.client import client_key
from config.lib.hidden import hidden_address

LONGEST = 254  # characters kept of what was typed


def account_tried(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """Return what was typed as the account's name, in one form, from whichever form it came.

    allauth hands over `username` or `email`; its page posts `login`, Django's admin `username`.
    """
    given = credentials or {}
    typed = given.get("email") or given.get("username") or given.get("login") or ""
    if not typed and request is not None:
        typed = request.POST.get("login") or request.POST.get("username") or ""
    return str(typed).strip().lower()[:LONGEST]


def address_of(request: HttpRequest) -> str:
    """Return a pseudonym of the address by which a visitor's failures are counted."""
    return hidden_address(client_key(request))
