"""Asking a provider: the key is kept first, and whatever is asked again has the same one."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from config.lib.problems import Problem
from economics.models import Contribution, ProviderCall
from economics.providers.registry import Provider, Started, find
from media_pipeline import faults

Kind = ProviderCall.Kind


def start(given: Contribution) -> Started:
    """Begin with a contribution at its provider, once; outside of every transaction.

    Raises Problem `no-such-provider`, and the provider's `Unreachable`: then call it again.
    """
    provider = _provider(given)
    answer = _once(given, Kind.START, lambda key: provider.start(given, key)._asdict())
    return Started(**answer)


def refund(given: Contribution) -> str:
    """Let the provider give a contribution back, once; return its reference. Raises as `start`."""
    provider = _provider(given)
    answer = _once(given, Kind.REFUND, lambda key: {"reference": provider.refund(given, key)})
    return str(answer["reference"])


def _once(given: Contribution, kind: str, ask: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    with transaction.atomic(durable=True):  # committed before anybody outside hears of it
        call, _ = ProviderCall.objects.get_or_create(contribution=given, kind=kind)
    faults.point("provider:before-call")
    if call.answered_at:
        return dict(call.answer)
    answer = ask(call.key)
    faults.point("provider:after-call")
    ProviderCall.objects.filter(pk=call.pk).update(answer=answer, answered_at=Now())
    return answer


def _provider(given: Contribution) -> Provider:
    provider = find(given.provider)
    if provider is None:
        raise Problem("no-such-provider", f"{given.provider} is no provider here.", status=409)
    return provider
