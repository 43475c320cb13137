"""Jobs with providers: they are asked to begin and to give back, and what they tell is taken."""

from typing import Any

from config.lib.problems import Problem
from economics.contributions import services as contributions
from economics.hooks.services import EVERY, FOLLOW, follow_all
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

    One that is disputed meanwhile is not given back beside that: it ends with a sentence.
    """
    words = lease.job.payload
    given = Contribution.objects.get(pk=words["id"])
    if given.status not in (Status.CONFIRMED, Status.REFUNDED):
        raise Permanent("not-confirmed", f"It is {given.get_status_display().lower()} by now.")
    reference = _ask(providers.refund, given)
    by = User.objects.filter(pk=words["by"]).first() if words.get("by") else None
    contributions.refund(given.pk, reference=reference, by=by)


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
