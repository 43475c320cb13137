"""Jobs with providers: they are asked to begin and to give back, and what they tell is taken."""

from typing import Any

from config.lib.problems import Problem
from economics.contributions import services as contributions
from economics.contributions.selectors import was_sent_back
from economics.hooks.following import EVERY, FOLLOW, follow_all
from economics.models import Contribution
from economics.providers import services as providers
from economics.providers.registry import Unreachable
from economics.providers.services import GIVE_BACK, START
from media_pipeline.jobs.errors import Permanent, Transient
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.jobs.services.schedules import register_round
from social.models import User

SECONDS = 120
Status = Contribution.Status


def start(lease: Lease) -> None:
    """Let a provider begin with what was declared, unless it has ended since."""
    given = Contribution.objects.get(pk=lease.job.payload["id"])
    if given.status == Status.DECLARED:
        _ask(providers.start, given)


def give_back(lease: Lease) -> None:
    """Ask the provider, with the same key however often this is tried, and write it down.

    One that is disputed meanwhile waits: a bank that takes it would have it given back twice.
    """
    words = lease.job.payload
    given = Contribution.objects.get(pk=words["id"])
    if given.status == Status.REFUNDED:
        return
    if given.status == Status.DISPUTED:
        raise Transient("in-dispute", "A bank asks it back: it waits until that is decided.")
    if given.status != Status.CONFIRMED or was_sent_back(given):
        sentence = "There is nothing that could be given back, or not all of it."
        raise Permanent("not-confirmed", sentence)
    reference = _ask(providers.refund, given)
    by = User.objects.filter(pk=words["by"]).first() if words.get("by") else None
    try:
        contributions.refund(given.pk, reference=reference, by=by)
    except Problem as refusal:  # a dispute came meanwhile: the provider has the same key's answer
        raise Transient(refusal.type, refusal.detail) from refusal


def _ask(question: Any, given: Contribution) -> Any:
    try:
        return question(given)
    except Unreachable as error:
        raise Transient("provider-away", f"{given.provider} does not answer: {error}") from error
    except Problem as refusal:
        raise Permanent(refusal.type, refusal.detail) from refusal


def register_all() -> None:
    """Let the machine know."""
    register_round(FOLLOW, follow_all, "Takes what providers have told", every=EVERY)
    register(Kind(START, "general", start, "Begins with a contribution at its provider", SECONDS))
    register(Kind(GIVE_BACK, "general", give_back, "Gives a contribution back", SECONDS))
