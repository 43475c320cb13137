"""Asking a provider: the key is kept first, and whatever is asked again has the same one."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from config.lib.problems import Problem
from economics.models import Contribution, ProviderCall
from economics.providers.manual import is_by_hand, reference_of
from economics.providers.registry import Provider, Started, find
from media_pipeline import faults
from media_pipeline.jobs.services import jobs
from social.models import User

Kind = ProviderCall.Kind
# Jobs: what they do stands in `economics.hooks.kinds`.
START, GIVE_BACK = "providers.start", "hooks.give-back"
ASKED = "How to pay is being asked: look at this page again in a moment."


def ask_to_start(given: Contribution) -> None:
    """Let its provider begin with what is declared in this transaction, once that is committed."""
    if given.mode == Contribution.Mode.POOLED and not is_by_hand(given):
        jobs.enqueue(START, key=str(given.pk), payload={"id": str(given.pk)})


def ask_to_give_back(given: Contribution, *, by: User | None = None) -> None:
    """Let a contribution be given back by its provider, and then in the ledger."""
    payload = {"id": str(given.pk), "by": str(by.pk) if by else ""}
    jobs.enqueue(GIVE_BACK, key=str(given.pk), payload=payload)


def started(given: Contribution) -> Started:
    """Return what its provider says that the giver does next, as far as it has answered."""
    calls = ProviderCall.objects.filter(contribution=given, kind=Kind.START)
    call = calls.exclude(answered_at=None).first()
    return Started(**call.answer) if call else Started(ASKED, reference=reference_of(given))


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
